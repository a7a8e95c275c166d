import { describe, expect, it } from 'vitest';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import type { ServerAbilities } from '../../../../src/engines/openai/serverAbilities.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { textWindows } from '../../../../src/engines/openai/textWindows.ts';
import { expectSameScores, placed, splitsCharacter, TOLERANCE_NATS } from '../../../support/llamaHttpCompare.ts';
import type { PlacedToken } from '../../../support/llamaHttpCompare.ts';
import { startLlamaHttpServer, type FaceName, type LlamaHttpServer } from '../../../support/llamaHttpServer.ts';
import { llamaHttpSetup, type LlamaHttpSetup } from '../../../support/llamaHttpSetup.ts';
import { LONG_TEXT, TEXTS } from '../../../support/llamaHttpTexts.ts';

/**
 * A given text, scored over HTTP by a real model behind the protocol of each kind of server, and by the same model file
 * in the embedded engine. What is compared is each token's place in the text and its log-probability, given the same
 * tokens before it: windows are scored by the embedded engine one by one, as texts of their own.
 */

const PREFILL: readonly (readonly [FaceName, ServerAbilities['promptScoring']])[] = [
  ['vllm', 'prompt-logprobs'],
  ['vllm', 'echo'],
  ['sglang', 'sglang'],
  ['sglang', 'echo'],
];

const ABLE: ServerAbilities = {
  model: 'random',
  generation: 'completions',
  distribution: 'raw',
  vocabulary: { kind: 'full' },
  maxTopK: 5,
  promptScoring: 'none',
  fillInTheMiddle: 'none',
};

function engineOf({ baseUrl }: LlamaHttpServer, promptScoring: ServerAbilities['promptScoring']): OpenaiEngine {
  return new OpenaiEngine(createServerClient({ baseUrl, maxRetries: 0 }), { ...ABLE, promptScoring });
}

/** What the embedded engine says of a text that is shown to the server by windows. */
async function referenceOf({ embedded }: LlamaHttpSetup, text: string): Promise<PlacedToken[]> {
  const tokens: PlacedToken[] = [];
  for (const { contextStart, start, end } of textWindows(text)) {
    const scored = await embedded.score({ text: text.slice(contextStart, end), path: 'a' });
    for (const token of placed(scored)) {
      const [from, to] = [token.start + contextStart, token.end + contextStart];
      if (to <= start) continue;
      tokens.push({ start: Math.max(from, start), end: to, logprobNats: from < start ? null : token.logprobNats });
    }
  }
  return tokens;
}

describe.each([
  ['adds no start token', false],
  ['adds a start token', true],
])('a server that %s', (_, addsStart) => {
  const setup = llamaHttpSetup({ hasStart: addsStart });

  it('holds a model whose two ways of saying a number agree', async () => {
    const { model } = setup();
    const never = new AbortController().signal;
    const ids = model.tokenize(TEXTS['emoji and ideographs']).slice(0, 20);
    const judged = await model.judge(ids, 3, never);
    for (const [at, { id, logprobNats, top }] of judged.entries()) {
      const next = await model.next(ids.slice(0, at + 1), never);
      expect(Math.abs(logprobNats - next.find((other) => other.id === id)!.logprobNats)).toBeLessThan(1e-4);
      expect(top.map((other) => other.id)).toEqual(next.slice(0, 3).map((other) => other.id));
    }
  });

  describe.each(PREFILL)('as %s, by %s', (face, promptScoring) => {
    it.each(Object.entries(TEXTS))('says what the embedded engine says: %s', async (_, text) => {
      const { model } = setup();
      await using server = await startLlamaHttpServer(model, face, { addsStart });
      const scored = await engineOf(server, promptScoring).score({ text, path: 'a' });
      const compared = expectSameScores(placed(scored), await referenceOf(setup(), text), splitsCharacter(model, text));
      // Without a start token nothing comes before the first.
      expect(compared).toBeGreaterThanOrEqual(
        text === '' ? 0 : 0.5 * model.tokenize(text).length - (addsStart ? 0 : 1),
      );
    });

    it('names the same alternatives', async () => {
      const text = TEXTS.Python.slice(0, 60);
      const detail = { topK: 4, ranges: [{ start: 0, end: text.length }] };
      await using server = await startLlamaHttpServer(setup().model, face, { addsStart });
      const scored = await engineOf(server, promptScoring).score({ text, path: 'a', detail });
      const expected = await setup().embedded.score({ text, path: 'a', detail });
      let compared = 0;
      for (const [at, { alternatives }] of [...expected.tokens()].entries()) {
        const own = new Map(scored.token(at).alternatives?.map((other) => [other.text, other.logprobNats]));
        for (const other of alternatives ?? []) {
          if (!own.has(other.text)) continue;
          compared += 1;
          expect(Math.abs(own.get(other.text)! - other.logprobNats)).toBeLessThan(TOLERANCE_NATS);
        }
      }
      expect(compared).toBeGreaterThan(2 * scored.tokenCount);
    });
  });

  describe('as llama-server, by a forced grammar', () => {
    it.each(Object.entries(TEXTS))('says what the embedded engine says: %s', async (_, text) => {
      const { model } = setup();
      await using server = await startLlamaHttpServer(model, 'llama-server', { addsStart });
      const scored = await engineOf(server, 'forced-grammar').score({ text, path: 'a' });
      const isSplit = splitsCharacter(model, text);
      // Of a character in pieces the server sends no row but for the last piece: it must be unscored.
      const reference = (await referenceOf(setup(), text)).map((token) =>
        isSplit(token.start, token.end) ? { ...token, logprobNats: null } : token,
      );
      const compared = expectSameScores(placed(scored), reference);
      expect(compared).toBe(reference.filter(({ logprobNats }) => logprobNats !== null).length);
    });
  });
});

describe('a text of several windows', () => {
  const setup = llamaHttpSetup({ hasStart: false });

  it.each([
    ['vllm', 'prompt-logprobs'],
    ['sglang', 'sglang'],
  ] as const)(
    'has the scores of the embedded engine in each: %s',
    { timeout: 120_000 },
    async (face, promptScoring) => {
      expect(textWindows(LONG_TEXT).length).toBeGreaterThan(1);
      await using server = await startLlamaHttpServer(setup().model, face);
      const scored = await engineOf(server, promptScoring).score({ text: LONG_TEXT, path: 'a' });
      expect(expectSameScores(placed(scored), await referenceOf(setup(), LONG_TEXT))).toBe(scored.tokenCount - 1);
    },
  );

  it('has the scores of the embedded engine in each run of forced tokens', { timeout: 120_000 }, async () => {
    const text = LONG_TEXT.slice(0, 1100);
    const { model, embedded } = setup();
    await using server = await startLlamaHttpServer(model, 'llama-server');
    const scored = await engineOf(server, 'forced-grammar').score({ text, path: 'a' });
    expect(server.requests.filter(({ route }) => route === '/completion').length).toBeGreaterThan(1);
    const expected = placed(await embedded.score({ text, path: 'a' }));
    expect(expectSameScores(placed(scored), expected)).toBe(scored.tokenCount - 1);
  });
});
