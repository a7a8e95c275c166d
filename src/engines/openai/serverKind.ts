/** The programs that are known by routes of their own. `unknown`: a host, or one that does not say what it is. */
export type ServerKind = 'llama-server' | 'vllm' | 'ollama' | 'sglang' | 'lm-studio' | 'unknown';

/** The names of the programs, as their makers write them. */
export const KIND_NAMES: Readonly<Record<ServerKind, string>> = {
  'llama-server': 'llama-server',
  vllm: 'vLLM',
  ollama: 'Ollama',
  sglang: 'SGLang',
  'lm-studio': 'LM Studio',
  unknown: 'A model server',
};
