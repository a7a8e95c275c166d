import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoredText } from '../../../../src/core/scoredText.ts';
import { openLlamaEngine, type LlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import { createLlamaProcess, type LlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';
import type { ScoredIds } from '../../../../src/engines/llama/llamaMessages.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';

const ROOT = new URL('../../../../', import.meta.url);
const modelPath = randomGguf();
const tokenizer = loadTokenizer(new URL('model/tokenizer/merges.txt', ROOT));
let engine: LlamaEngine;
let child: LlamaProcess;

beforeAll(async () => {
  const load = { modelPath: modelPath(), threads: 1, contextTokens: 4096 };
  engine = await openLlamaEngine({ childUrl: CHILD_URL, load });
  child = createLlamaProcess({ childUrl: CHILD_URL, load });
}, 60_000);

afterAll(async () => {
  await engine.close();
  await child.close();
});

async function scoreIds(text: string): Promise<ScoredIds> {
  const result = await child.ask({ kind: 'score', text });
  if (result.kind !== 'scored') throw new Error(result.kind);
  return result.scored;
}

function logprobs(scored: ScoredText): number[] {
  return [...scored.measures.logprobsNats];
}

const PYTHON = readFileSync(new URL('test/fixtures/sample/service/validators.py', ROOT), 'utf8').slice(0, 1500);

describe('the capabilities and the source', () => {
  it('are those of the model', () => {
    expect(engine.capabilities).toEqual({
      score: 'prefill',
      generate: true,
      fillInTheMiddle: true,
      maxTopK: 20,
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
    });
    expect(engine.source).toMatchObject({
      engine: 'llama',
      mode: 'teacher-forced',
      contextPolicy: 'start token, then windows of 511 tokens, every 255',
    });
    expect(engine.source.model).toMatch(/^[0-9a-f]{64}$/);
    expect(engine.source.tokenizer).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("the model's tokens", () => {
  it.each([
    ['emoji and joiners', 'x = "👩‍👩‍👧‍👦 ok" # 🎉'],
    ['ideographs', 'const 名前 = "漢字かな交じり文"; // 한국어'],
    ['line ends', 'a\r\nb\rc\n\n\td'],
    ['lone surrogates', 'a\ud83d b\udc00c'],
    ['rare characters', '\u{1f9ff}\u0300\u200d\ufeff\u2028\u0085'],
    ['what looks like a sign to the model', 'x = "<|endoftext|><|fim_middle|>"'],
    ['a zero', 'a\u0000b'],
    ['a character of one token only', '𓀀'],
    ['blanks alone', '    \n  '],
  ])('tile %s, all of them scored', async (_, text) => {
    const scored = await engine.score({ text, path: 'a.py' });
    expect([...scored.tokens()].map((token) => token.text).join('')).toBe(text);
    expect(logprobs(scored).every((logprob) => logprob <= 0)).toBe(true);
    expect([...(await scoreIds(text)).ids]).toEqual([...tokenizer.encode(text).ids]);
  });

  it('add up in a character that came in pieces', async () => {
    const text = '𓀀';
    const { logprobsNats } = await scoreIds(text);
    expect(logprobsNats.length).toBeGreaterThan(1);
    const scored = await engine.score({ text, path: 'a.py' });
    expect(scored.tokenCount).toBe(1);
    expect(logprobs(scored)[0]).toBeCloseTo(
      logprobsNats.reduce((sum, logprob) => sum + logprob, 0),
      6,
    );
  });

  it('are none for no text', async () => {
    expect((await engine.score({ text: '', path: 'a.py' })).tokenCount).toBe(0);
  });
});

describe('alternatives of tokens', () => {
  it('come where they were asked for, most likely first, and leave the numbers as they are', async () => {
    const plain = await engine.score({ text: PYTHON, path: 'a.py' });
    const range = { start: 40, end: 60 };
    const detailed = await engine.score({ text: PYTHON, path: 'a.py', detail: { topK: 5, ranges: [range] } });
    expect(logprobs(detailed)).toEqual(logprobs(plain));
    for (const [index, token] of [...detailed.tokens()].entries()) {
      const isTouched = token.start < range.end && range.start < token.end;
      expect(token.alternatives !== undefined).toBe(isTouched);
      const values = (token.alternatives ?? []).map(({ logprobNats }) => logprobNats);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(values.length).toBeLessThanOrEqual(5);
      expect(index).toBeLessThan(detailed.tokenCount);
    }
  });

  it('are never more than the engine says', async () => {
    const scored = await engine.score({ text: 'ab', path: 'a', detail: { topK: 99, ranges: [{ start: 0, end: 2 }] } });
    // Tokens that are no text by themselves are among the likeliest, and are left out.
    expect(scored.alternatives.get(0)?.length).toBeGreaterThan(10);
    expect(scored.alternatives.get(0)?.length).toBeLessThanOrEqual(20);
  });
});

describe('alternatives of leaves', () => {
  it('are other whole leaves, most likely first', async () => {
    const text = 'if total > limit:\n    return None\n';
    for (const leaf of ['>', 'limit']) {
      const start = text.indexOf(leaf);
      const range = { start, end: start + leaf.length };
      const found = await engine.alternatives({ text, path: 'a.py', leaf: range, count: 4 });
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThanOrEqual(4);
      const values = found.map(({ logprobNats }) => logprobNats);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      for (const other of found) {
        expect(other.text).not.toBe(leaf);
        expect(other.text).toMatch(/^\S+$/);
        expect(other.logprobNats).toBeLessThanOrEqual(0);
      }
    }
  });

  it('are none where no leaf is', async () => {
    expect(await engine.alternatives({ text: 'a', path: 'a', leaf: { start: 1, end: 1 }, count: 3 })).toEqual([]);
  });
});

describe('generation', () => {
  it('is scored as it was generated', async () => {
    const written = await engine.generate({ prefix: '', path: 'a.py', maxTokens: 24, topK: 3 });
    expect(written.source.mode).toBe('generated');
    expect(written.tokenCount).toBeGreaterThan(0);
    // The model's own tokens, teacher-forced: the text again would be cut into others.
    for (const { text, logprobNats, alternatives } of written.tokens()) {
      expect(alternatives?.[0]).toEqual({ text, logprobNats });
    }
  });

  it('streams what it returns, and fills in the middle', async () => {
    const pieces: string[] = [];
    const request = { prefix: 'def add(a, b):\n    return ', path: 'a.py', maxTokens: 12, topK: 0 };
    const written = await engine.generate({ ...request, suffix: '\n', onText: (text) => pieces.push(text) });
    expect(pieces.join('')).toBe(written.text);
    expect(written.source.contextPolicy).toBe('prefix and suffix, filling in the middle');
    expect((await engine.generate(request)).text).not.toBe(written.text);
  });

  it('keeps to the context however long the prompt is', async () => {
    const long = PYTHON.repeat(20);
    const written = await engine.generate({ prefix: long, suffix: long, path: 'a', maxTokens: 8, topK: 0 });
    expect(written.tokenCount).toBeGreaterThan(0);
  });
});

describe('what was evaluated before', () => {
  it('is not evaluated again while a file grows at its end', async () => {
    await scoreIds('# another text\n');
    const text = PYTHON.slice(0, 900);
    const whole = await scoreIds(text);
    expect(whole.evaluatedTokens).toBe(whole.ids.length);
    const typed = await scoreIds(`${text}\nreturn`);
    expect(typed.evaluatedTokens).toBeLessThan(8);
    expect((await scoreIds(`${text}\nreturn`)).evaluatedTokens).toBe(0);
    const cold = createLlamaProcess({
      childUrl: CHILD_URL,
      load: { modelPath: modelPath(), threads: 1, contextTokens: 4096 },
    });
    const fresh = await cold.ask({ kind: 'score', text: `${text}\nreturn` });
    await cold.close();
    if (fresh.kind !== 'scored') throw new Error(fresh.kind);
    expectClose(typed.logprobsNats, fresh.scored.logprobsNats);
  });

  it('is kept before a change in the middle', async () => {
    const text = PYTHON.slice(0, 1200);
    const before = await scoreIds(text);
    const changed = `${text.slice(0, 1000)} changed ${text.slice(1000)}`;
    const after = await scoreIds(changed);
    expect(after.evaluatedTokens).toBeLessThan(before.ids.length / 2);
  });
});

function expectClose(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, index) => {
    expect(Math.abs(value - (expected[index] ?? Number.NaN))).toBeLessThan(1e-3);
  });
}

describe('a part of a text', () => {
  it('has the scores that it has in the whole, and what stands apart from it stays unscored', async () => {
    const text = PYTHON.slice(0, 900);
    const [start, end] = [text.indexOf('def '), text.indexOf('def ') + 40];
    const part = await engine.score({ text, path: 'a.py', within: [{ start, end }] });
    const whole = await engine.score({ text, path: 'a.py' });
    const again = await engine.score({ text, path: 'a.py', within: [{ start, end }] });
    const touches = [...whole.tokens()].map((token) => token.start < end && start < token.end);
    expect(touches).toContain(true);
    expect(touches).toContain(false);
    expect(logprobs(part)).toEqual(logprobs(whole).map((logprob, place) => (touches[place] ? logprob : Number.NaN)));
    expect(logprobs(again)).toEqual(logprobs(part));
  });

  it('costs less than the whole', async () => {
    const text = PYTHON.repeat(2).replaceAll('self', 'other');
    const within = [{ start: text.length - 40, end: text.length }];
    const part = await child.ask({ kind: 'score', text, within });
    const whole = await child.ask({ kind: 'score', text: `x${text}` });
    if (part.kind !== 'scored' || whole.kind !== 'scored') throw new Error('mixed up');
    expect(part.scored.evaluatedTokens).toBeLessThan(0.7 * whole.scored.evaluatedTokens);
  });
});
