import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { startLlamaHttpServer, type FaceName } from '../../../support/llamaHttpServer.ts';
import { llamaHttpSetup } from '../../../support/llamaHttpSetup.ts';
import { recorderBefore } from '../../../support/recorderHarness.ts';

/**
 * A real llama.cpp behind HTTP, asked by the official client of OpenAI with the recorder between and without: the client's decoded
 * events are equal, and the recorder has the tokens that the server would have told.
 */
const setup = llamaHttpSetup({ hasStart: false });

const PROMPT = 'class A:\n    def add(';
/** Some of these characters are several tokens of the model. */
const WRITES = 'const 名 = "👩‍👧 ☕"; // naïve\n';

function clientOf(baseURL: string): OpenAI {
  return new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
}

const ASKED = { model: 'random', max_tokens: 24, temperature: 0 };
const CHAT = { ...ASKED, messages: [{ role: 'user' as const, content: PROMPT }] };

/** Each a way to ask with the client, to all that it gives. */
const WAYS: readonly (readonly [string, (client: OpenAI) => Promise<unknown[]>])[] = [
  ['a chat', async (client) => [await client.chat.completions.create(CHAT)]],
  ['a chat, streamed', async (client) => collect(await client.chat.completions.create({ ...CHAT, stream: true }))],
  [
    'a chat with log-probabilities, streamed',
    async (client) =>
      collect(await client.chat.completions.create({ ...CHAT, stream: true, logprobs: true, top_logprobs: 2 })),
  ],
  ['a completion', async (client) => [await client.completions.create({ ...ASKED, prompt: PROMPT })]],
  [
    'a completion, streamed',
    async (client) => collect(await client.completions.create({ ...ASKED, prompt: PROMPT, stream: true })),
  ],
];

const FACES: readonly FaceName[] = ['llama-server', 'vllm', 'ollama', 'sglang'];

describe.each(FACES)('the official client before a real model as %s', (face) => {
  it.each(WAYS)('gets the same with the recorder and without: %s', async (_, ask) => {
    await using server = await startLlamaHttpServer(setup().model, face, { writes: WRITES });
    await using between = await recorderBefore(server.baseUrl);
    const direct = await ask(clientOf(server.baseUrl));
    const through = await ask(clientOf(between.address));
    expect(through).toStrictEqual(direct);
    expect(between.generations).toHaveLength(1);
    const { scored, kind } = between.generations[0]!;
    expect(kind).toBe('content');
    expect(scored.text.length).toBeGreaterThan(0);
    expect(WRITES).toContain(scored.text.trimEnd());
    expect(scored.measures.logprobsNats.some((logprob) => logprob < 0)).toBe(true);
    expect(scored.source.model).toContain(`@${new URL(server.baseUrl).host}`);
    expect(scored.source.distribution).toStrictEqual(
      face === 'sglang' ? { kind: 'scaled', temperature: 1 } : { kind: 'raw' },
    );
    expect(between.recorder.counts).toStrictEqual({ requests: 1, recorded: 1, unscored: 0, refused: 0 });
  });
});

it('llama-server and Ollama by their own routes get the same replies, to the byte', async () => {
  const native = [
    ['llama-server', '/completion', { prompt: PROMPT, n_predict: 16, temperature: 0 }],
    ['llama-server', '/infill', { input_prefix: PROMPT, input_suffix: '\n', n_predict: 16, temperature: 0 }],
    ['ollama', '/api/generate', { model: 'random', prompt: PROMPT, raw: true, options: { num_predict: 16 } }],
    ['ollama', '/api/chat', { ...CHAT, options: { num_predict: 16 } }],
  ] as const;
  for (const [face, route, body] of native) {
    for (const stream of [false, true]) {
      await using server = await startLlamaHttpServer(setup().model, face, { writes: WRITES });
      await using between = await recorderBefore(server.rootUrl);
      const asked = { method: 'POST', body: JSON.stringify({ ...body, stream }) };
      const direct = await (await fetch(`${server.rootUrl}${route}`, asked)).text();
      const through = await (await fetch(`${between.address}${route}`, asked)).text();
      expect(through, `${route} ${String(stream)}`).toBe(direct);
      expect(between.recorder.counts.recorded, route).toBe(1);
    }
  }
});

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of stream) events.push(event);
  return events;
}
