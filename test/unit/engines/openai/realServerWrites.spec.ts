import { describe, expect, it } from 'vitest';
import type { ScoredText } from '../../../../src/core/scoredText.ts';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import type { ServerAbilities } from '../../../../src/engines/openai/serverAbilities.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { readBody } from '../../../../src/wire/readBody.ts';
import type { WirePart } from '../../../../src/wire/wirePart.ts';
import { expectSameScores, placed, TOLERANCE_NATS } from '../../../support/llamaHttpCompare.ts';
import { chatPrompt } from '../../../support/llamaHttpReply.ts';
import { startLlamaHttpServer, type FaceName, type LlamaHttpServer } from '../../../support/llamaHttpServer.ts';
import { llamaHttpSetup } from '../../../support/llamaHttpSetup.ts';
import { textOf } from '../../../support/llamaHttpSpelling.ts';
import { normalised } from '../../../support/llamaHttpWriting.ts';

/** What a real model writes over HTTP, held to what the embedded engine writes and says with the same model file. */
const setup = llamaHttpSetup({ hasStart: true });
const never = new AbortController().signal;

type Way = Exclude<ServerAbilities['generation'], 'none'>;

/** Ways whose numbers are raw, so that the likeliest token is asked for each time. */
const RAW_WAYS: readonly (readonly [FaceName, Way])[] = [
  ['llama-server', 'completions'],
  ['llama-server', 'llama-server'],
  ['vllm', 'completions'],
  ['ollama', 'completions'],
  ['ollama', 'ollama'],
];

const SCALED_WAYS: readonly (readonly [FaceName, Way])[] = [
  ['sglang', 'completions'],
  ['sglang', 'sglang'],
];

const CHATS: readonly FaceName[] = ['llama-server', 'vllm', 'sglang', 'ollama'];

/** Written by a model with our tokenizer, some of these characters are several tokens. */
const SPLIT = 'const 名 = "👩‍👩‍👧 ☕"; // naïve\n';

const PROMPT = 'class A:\n    def add(';
const WRITING = { prefix: PROMPT, path: 'a.py', maxTokens: 16, topK: 3 };

function engineOf({ baseUrl }: LlamaHttpServer, abilities: Partial<ServerAbilities>): OpenaiEngine {
  return new OpenaiEngine(createServerClient({ baseUrl, maxRetries: 0 }), {
    model: 'random',
    generation: 'completions',
    distribution: 'raw',
    vocabulary: { kind: 'full' },
    maxTopK: 5,
    promptScoring: 'none',
    fillInTheMiddle: 'none',
    ...abilities,
  });
}

function serverOf(face: FaceName, writes?: string): Promise<LlamaHttpServer> {
  return startLlamaHttpServer(setup().model, face, { addsStart: true, ...(writes === undefined ? {} : { writes }) });
}

function expectSameText(actual: ScoredText, expected: ScoredText): void {
  expect(actual.text).toBe(expected.text);
  expect(expectSameScores(placed(actual), placed(expected))).toBe(expected.tokenCount);
}

/** What the embedded engine says of a text after a prompt. */
async function saidOf(prompt: string, text: string): Promise<ReturnType<typeof placed>> {
  const { embedded, model } = setup();
  expect(model.tokenize(prompt + text)).toEqual([...model.tokenize(prompt), ...model.tokenize(text)]);
  const whole = placed(await embedded.score({ text: prompt + text, path: 'a' }));
  return whole.flatMap(({ start, end, logprobNats }) =>
    start < prompt.length ? [] : [{ start: start - prompt.length, end: end - prompt.length, logprobNats }],
  );
}

describe.each(RAW_WAYS)('%s, by %s', (face, generation) => {
  it('writes what the embedded engine writes, with its numbers', async () => {
    await using server = await serverOf(face);
    const expected = await setup().embedded.generate(WRITING);
    expect(expected.tokenCount).toBe(WRITING.maxTokens);
    const written = await engineOf(server, { generation }).generate(WRITING);
    expectSameText(written, expected);
    for (const [at, { alternatives = [] }] of [...expected.tokens()].entries()) {
      const own = written.token(at).alternatives ?? [];
      expect(own.map(({ text }) => text)).toEqual(alternatives.map(({ text }) => text));
      for (const [rank, { logprobNats }] of alternatives.entries()) {
        expect(Math.abs(own[rank]!.logprobNats - logprobNats)).toBeLessThan(TOLERANCE_NATS);
      }
    }
    expect(written.source.distribution).toEqual({ kind: 'raw' });
  });

  it.each([
    ['of its own choice', undefined],
    ['of split characters', SPLIT],
  ])('says the same in a stream as at once: a text %s', async (_, writes) => {
    await using server = await serverOf(face, writes);
    const engine = engineOf(server, { generation });
    const heard: string[] = [];
    const writing = { ...WRITING, maxTokens: writes === undefined ? 12 : 40 };
    const streamed = await engine.generate({ ...writing, onText: (text) => heard.push(text) });
    const whole = await engine.generate(writing);
    expect(heard.join('')).toBe(streamed.text);
    expect(heard.length).toBeGreaterThan(5);
    expectSameScores(placed(streamed), placed(whole));
    expect(streamed.text).toBe(whole.text);
  });

  it('draws the same for the same seed, with the numbers of the model', async () => {
    await using server = await serverOf(face);
    const engine = engineOf(server, { generation });
    const drawn = (seed: number, temperature = 1.3): Promise<ScoredText> =>
      engine.generate({ ...WRITING, sampling: { temperature, seed } });
    const written = await drawn(3);
    expect((await drawn(3)).text).toBe(written.text);
    expect((await drawn(4)).text).not.toBe(written.text);
    expect(written.source.distribution).toEqual({ kind: 'raw' });
    const plain = await setup().embedded.generate({ ...WRITING, maxTokens: 1 });
    const [ofDrawn, ofPlain] = [written, plain].map((text) => text.token(0).alternatives?.[0]?.logprobNats ?? 1);
    expect(Math.abs(ofDrawn! - ofPlain!)).toBeLessThan(TOLERANCE_NATS);
  });

  it('gives what it wrote when that is enough, and the server sees it', async () => {
    await using server = await serverOf(face);
    const engine = engineOf(server, { generation });
    const stop = new AbortController();
    const heard: string[] = [];
    const onText = (text: string): void => {
      heard.push(text);
      if (heard.length === 4) stop.abort();
    };
    const writing = { ...WRITING, maxTokens: 1000, onText, stopSignal: stop.signal };
    const short = await engine.generate(writing);
    expect(short.text).toBe(heard.join(''));
    expect(heard).toHaveLength(4);
    const long = await engine.generate({ ...WRITING, maxTokens: short.tokenCount });
    expectSameText(short, long);
    await expect.poll(server.abandoned, { timeout: 10_000 }).toBe(1);
  });

  it('stops when it is told to, and the server sees it', async () => {
    await using server = await serverOf(face);
    const engine = engineOf(server, { generation });
    const stop = new AbortController();
    const onText = (): void => {
      stop.abort('enough');
    };
    const writing = { ...WRITING, maxTokens: 1000, onText, abortSignal: stop.signal };
    await expect(engine.generate(writing)).rejects.toBe('enough');
    await expect.poll(server.abandoned, { timeout: 10_000 }).toBe(1);
    // The model is free again.
    expect((await engine.generate({ ...WRITING, maxTokens: 2 })).tokenCount).toBe(2);
  });
});

/**
 * On its OpenAI routes llama-server sends no row for a piece of a character and no ids by which that could be told: the
 * numbers of such characters are wrong there. `realServerProbe.spec.ts` holds what the engine makes of it.
 */
const EXACT_WAYS = [...RAW_WAYS, ...SCALED_WAYS].filter(
  ([face, generation]) => face !== 'llama-server' || generation !== 'completions',
);

describe.each(EXACT_WAYS)('characters of several tokens: %s, by %s', (face, generation) => {
  const distribution = face === 'sglang' ? 'scaled' : 'raw';

  it('have the number that the model gave them, or none', async () => {
    await using server = await serverOf(face, SPLIT);
    const engine = engineOf(server, { generation, distribution });
    const written = await engine.generate({ ...WRITING, maxTokens: 40 });
    expect(written.text).toBe(SPLIT);
    expect(expectSameScores(placed(written), await saidOf(PROMPT, SPLIT), () => true)).toBeGreaterThan(10);
  });

  it('do not change those before them where the text ends inside one', async () => {
    const { model } = setup();
    const said = await saidOf(PROMPT, SPLIT);
    await using server = await serverOf(face, SPLIT);
    const engine = engineOf(server, { generation, distribution });
    const ids = model.tokenize(SPLIT);
    const isInside = (count: number): boolean => textOf(model, ids.slice(0, count)).endsWith('\ufffd');
    const cuts = [...ids.keys()].filter(isInside).slice(0, 3);
    expect(cuts.length).toBe(3);
    for (const maxTokens of cuts) {
      for (const onText of [undefined, (): void => undefined]) {
        const writing = { ...WRITING, maxTokens, ...(onText === undefined ? {} : { onText }) };
        const written = await engine.generate(writing);
        const whole = written.text.replace(/\ufffd+$/u, '');
        expect(SPLIT.startsWith(whole)).toBe(true);
        const isWhole = ({ end }: { readonly end: number }): boolean => end <= whole.length;
        const [before, after] = [placed(written).filter(isWhole), placed(written).filter((token) => !isWhole(token))];
        expectSameScores(before, said.filter(isWhole), () => true);
        // SGLang shows the piece, as U+FFFD, and has a row for it.
        if (face !== 'sglang') expect(after.every(({ logprobNats }) => logprobNats === null)).toBe(true);
      }
    }
  });
});

describe.each(SCALED_WAYS)('%s, by %s', (face, generation) => {
  it('is asked at temperature 1, where its numbers are those of the model', async () => {
    await using server = await serverOf(face, SPLIT);
    const engine = engineOf(server, { generation, distribution: 'scaled' });
    const written = await engine.generate({ ...WRITING, maxTokens: 40 });
    const { body } = server.requests[0]!;
    expect(body.temperature ?? (body.sampling_params as { temperature: number }).temperature).toBe(1);
    expect(written.source.distribution).toEqual({ kind: 'scaled', temperature: 1 });
    expect(written.text).toBe(SPLIT);
    const compared = expectSameScores(placed(written), await saidOf(PROMPT, SPLIT), () => true);
    expect(compared).toBeGreaterThan(10);
  });

  it('says the same in a stream as at once', async () => {
    await using server = await serverOf(face);
    const engine = engineOf(server, { generation, distribution: 'scaled' });
    const heard: string[] = [];
    const streamed = await engine.generate({ ...WRITING, onText: (text) => heard.push(text) });
    const whole = await engine.generate(WRITING);
    expect(heard.join('')).toBe(streamed.text);
    expect(streamed.text).toBe(whole.text);
    expectSameScores(placed(streamed), placed(whole));
  });
});

describe('a chat', () => {
  it.each(CHATS)('has the numbers of the model behind its template: %s', async (face) => {
    await using server = await serverOf(face);
    const distribution = face === 'sglang' ? 'scaled' : 'raw';
    const written = await engineOf(server, { generation: 'chat', distribution }).generate(WRITING);
    const prefix = chatPrompt(server.requests[0]!.body);
    expect(prefix.endsWith(PROMPT)).toBe(true);
    if (distribution === 'raw') expectSameText(written, await setup().embedded.generate({ ...WRITING, prefix }));
    else expect(written.tokenCount).toBe(WRITING.maxTokens);
  });
});

describe('filling in the middle', () => {
  it.each([
    ['llama-server', 'infill'],
    ['ollama', 'suffix'],
    ['ollama', 'ollama'],
  ] as const)('writes what the embedded engine writes: %s, by %s', async (face, fillInTheMiddle) => {
    await using server = await serverOf(face);
    // A caret at the beginning of a line: elsewhere the embedded engine counts the line as begun (healPrefix).
    const filling = { ...WRITING, prefix: 'class A:\n    def add(self, other):\n', suffix: '        return total\n' };
    const written = await engineOf(server, { fillInTheMiddle }).generate(filling);
    expectSameText(written, await setup().embedded.generate(filling));
  });
});

describe('a temperature', () => {
  const TEMPERATURE = 1.5;
  const rows = { n_probs: 4, return_tokens: true, top_k: 0, top_p: 1, min_p: 0, n_predict: 8 };

  async function answerOf(server: LlamaHttpServer, route: string, body: Record<string, unknown>): Promise<WirePart> {
    return readBody(await createServerClient({ baseUrl: server.baseUrl, maxRetries: 0 }).post(route, body))!;
  }

  /** Of each token that was drawn after the prompt: what the model gave, and what the temperature made of it. */
  async function distributionsOf(ids: readonly number[]): Promise<{ raw: number; scaled: number }[]> {
    const { model } = setup();
    const before = [model.start!, ...model.tokenize(PROMPT)];
    const said: { raw: number; scaled: number }[] = [];
    for (const [at, id] of ids.entries()) {
      const next = await model.next([...before, ...ids.slice(0, at)], never);
      const reshaped = normalised(next.map((other) => ({ ...other, logprobNats: other.logprobNats / TEMPERATURE })));
      const of = (ranked: typeof reshaped): number => ranked.find((other) => other.id === id)!.logprobNats;
      said.push({ raw: of(next), scaled: of(reshaped) });
    }
    return said;
  }

  it.each([
    ['the numbers before sampling stay raw', false, 'raw'],
    ['the numbers after sampling are scaled', true, 'scaled'],
  ] as const)('of llama-server: %s', async (_, isAfter, distribution) => {
    await using server = await serverOf('llama-server');
    const asked = { prompt: PROMPT, temperature: TEMPERATURE, seed: 7, post_sampling_probs: isAfter, ...rows };
    const part = await answerOf(server, '/completion', asked);
    expect(part.distribution).toBe(distribution);
    const said = await distributionsOf(part.tokenIds);
    // The greedy text is another one, so it was drawn.
    expect(part.text).not.toBe((await answerOf(server, '/completion', { ...asked, temperature: 0 })).text);
    for (const row of part.rows.filter(({ tokenId }) => tokenId !== null)) {
      const place = part.tokenIds.indexOf(row.tokenId!);
      expect(Math.abs(row.logprobNats! - said[place]![distribution])).toBeLessThan(TOLERANCE_NATS);
    }
  });

  it('of SGLang scales what it writes', async () => {
    await using server = await serverOf('sglang');
    const sampling_params = { max_new_tokens: 8, temperature: TEMPERATURE, seed: 7 };
    const asked = { text: PROMPT, sampling_params, return_logprob: true, return_text_in_logprobs: true };
    const part = await answerOf(server, '/generate', asked);
    expect(part.distribution).toBe('scaled');
    const said = await distributionsOf(part.tokenIds);
    for (const [at, { logprobNats }] of part.rows.entries()) {
      expect(Math.abs(logprobNats! - said[at]!.scaled)).toBeLessThan(TOLERANCE_NATS);
      expect(Math.abs(logprobNats! - said[at]!.raw)).toBeGreaterThan(TOLERANCE_NATS);
    }
  });
});
