/** What a person must tell a tool so that it goes through the recorder. */
export interface ClientSnippet {
  readonly client: string;
  /** Where it belongs: a file or a place in the tool's settings. */
  readonly where: string;
  readonly text: string;
}

/** A model's name stands for itself: the recorder changes nothing of what is asked. */
const MODEL = 'YOUR-MODEL';

/**
 * The settings of tools for an address of the recorder, which stands in the place of the server's own. Keys stay where the tool has them:
 * the recorder passes them on.
 *
 * Sources: the documentation of each tool, by its name.
 *
 * @param address as `Recorder.address`
 */
export function clientSnippets(address: string): readonly ClientSnippet[] {
  return [
    {
      client: 'Continue',
      where: '~/.continue/config.yaml, under models',
      text: `- name: ${MODEL}\n  provider: openai\n  model: ${MODEL}\n  apiBase: ${address}`,
    },
    {
      client: 'Cline',
      where: 'settings: API Provider "OpenAI Compatible"',
      text: `Base URL: ${address}\nModel ID: ${MODEL}`,
    },
    {
      client: 'llama.vscode',
      where: 'settings.json; give the recorder the root of llama-server, without /v1',
      text: `"llama-vscode.endpoint": "${address}"`,
    },
    {
      client: 'Copilot, with a key of your own',
      where: 'command "Chat: Open Language Models (JSON)"',
      text: JSON.stringify(
        [
          {
            name: 'Recorded',
            vendor: 'customoai',
            models: [
              {
                id: MODEL,
                name: MODEL,
                url: `${address}/chat/completions`,
                toolCalling: true,
                vision: false,
                maxInputTokens: 32_000,
                maxOutputTokens: 4000,
              },
            ],
          },
        ],
        null,
        2,
      ),
    },
    {
      client: 'aider',
      where: 'a shell',
      text: `OPENAI_API_BASE=${address} aider --model openai/${MODEL}`,
    },
    {
      client: 'Codex',
      where: '~/.codex/config.toml',
      text: `model = "${MODEL}"\nmodel_provider = "recorded"\n\n[model_providers.recorded]\nname = "Recorded"\nbase_url = "${address}"\nenv_key = "OPENAI_API_KEY"`,
    },
    {
      client: 'Agents and scripts with an OpenAI library',
      where: 'the environment',
      text: `OPENAI_BASE_URL=${address}`,
    },
  ];
}

/** All of them, to be read in a terminal or an editor. */
export function snippetsInWords(address: string): string {
  return clientSnippets(address)
    .map(({ client, where, text }) => `${client} (${where}):\n${text.replace(/^/gm, '    ')}\n`)
    .join('\n');
}
