import { describe, expect, it } from 'vitest';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import type { Alternative } from '../../../../src/core/words.ts';
import type { Engine } from '../../../../src/engines/engine.ts';
import { MixtureEngine } from '../../../../src/engines/mixture/mixtureEngine.ts';
import { NgramEngine } from '../../../../src/engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';

const tokenizer = loadTokenizer(new URL('../../../../model/tokenizer/merges.txt', import.meta.url));
const TEXT = 'function area(width: number, height: number): number {\n  return width * height;\n}\n// 漢 👩‍💻\n';

/** Two engines over the same tokens that have read different code. */
function twoEngines(): { neural: Engine; cache: NgramEngine } {
  const neural = new NgramEngine(tokenizer);
  neural.learn('a.ts', 'function volume(width: number, height: number, depth: number): number {\n');
  const cache = new NgramEngine(tokenizer);
  cache.learn('b.ts', '  return width * height;\n}\n');
  return { neural, cache };
}

describe('MixtureEngine', () => {
  it('gives each token a probability between those of its parts', async () => {
    const { neural, cache } = twoEngines();
    const request = { text: TEXT, path: 'c.ts' };
    const [a, b, mixed] = await Promise.all([
      neural.score(request),
      cache.score(request),
      new MixtureEngine(neural, cache).score(request),
    ]);
    expect(mixed.tokenEnds).toEqual(a.tokenEnds);
    for (const [token, logprob] of mixed.measures.logprobsNats.entries()) {
      const parts = [a.measures.logprobsNats[token]!, b.measures.logprobsNats[token]!];
      expect(logprob).toBeGreaterThanOrEqual(Math.min(...parts) - 1e-12);
      expect(logprob).toBeLessThanOrEqual(Math.max(...parts) + 1e-12);
    }
  });

  it('predicts a text that both parts know half of better than either', async () => {
    const { neural, cache } = twoEngines();
    const loss = async (engine: Engine): Promise<number> => {
      const { measures } = await engine.score({ text: TEXT.slice(0, TEXT.indexOf('//')), path: 'c.ts' });
      return -measures.logprobsNats.reduce((sum, logprob) => sum + logprob, 0);
    };
    const mixed = await loss(new MixtureEngine(neural, cache));
    expect(mixed).toBeLessThan(await loss(neural));
    expect(mixed).toBeLessThan(await loss(cache));
  });

  it('names what the neural engine holds likeliest, with the mixed probability, most likely first', async () => {
    const { neural, cache } = twoEngines();
    const request = (topK: number) => ({ text: TEXT, path: 'c.ts', detail: { topK, ranges: [{ start: 0, end: 8 }] } });
    const mixed = await new MixtureEngine(neural, cache).score(request(3));
    const ofNeural = await neural.score(request(3));
    const ofCache = await cache.score(request(tokenizer.vocabularySize));
    const named = mixed.alternatives.get(0) ?? [];
    const texts = (alternatives: readonly Alternative[] = []): string[] => alternatives.map(({ text }) => text).sort();
    expect(texts(named)).toEqual(texts(ofNeural.alternatives.get(0)));
    for (const { text, logprobNats } of named) {
      const of = (scored: typeof mixed) =>
        scored.alternatives.get(0)?.find((other) => other.text === text)?.logprobNats ?? Number.NaN;
      expect(Math.exp(logprobNats)).toBeCloseTo(0.5 * Math.exp(of(ofNeural)) + 0.5 * Math.exp(of(ofCache)), 12);
    }
    expect(named.map((one) => one.logprobNats)).toEqual(named.map((one) => one.logprobNats).sort((x, y) => y - x));
  });

  it('says of a part that its weights were learned along that part', async () => {
    const { neural, cache } = twoEngines();
    const mixture = new MixtureEngine(neural, cache, 'bundled');
    const within = [{ start: 0, end: 8 }];
    const part = await mixture.score({ text: TEXT, path: 'c.ts', within });
    expect(part.source).toMatchObject({ engine: 'bundled' });
    expect(part.source.contextPolicy).toBe(mixture.source.contextPolicy);
    expect(part.source.snapshot).toBe(`${mixture.source.snapshot}; weights learned along the part that was asked for`);
  });

  it('says in its Source what it mixed, and what the cache had learned', () => {
    const { neural, cache } = twoEngines();
    const { source } = new MixtureEngine(neural, cache);
    expect(source).toMatchObject({ engine: 'mixture', tokenizer: tokenizer.digest, snapshot: cache.source.snapshot });
    expect(source.model).toContain(cache.source.model);
  });

  it('takes for a token what both parts end together, where they cut text differently', async () => {
    const { neural, cache } = twoEngines();
    const text = 'width height';
    const scored = await neural.score({ text, path: 'c.ts' });
    const [first = 0, end = 0] = scored.tokenEnds;
    expect(scored.tokenEnds).toHaveLength(2);
    const halves = ScoredText.of({
      text,
      source: neural.source,
      tokenEnds: Uint32Array.of(2, first - 1, end),
      measures: { logprobsNats: Float64Array.of(-1, -2, -3) },
    });
    const other: Engine = Object.create(neural, {
      source: { value: neural.source },
      score: { value: () => Promise.resolve(halves) },
    }) as Engine;
    const mixed = await new MixtureEngine(other, cache).score({ text, path: 'c.ts' });
    const ofCache = await cache.score({ text, path: 'c.ts' });
    const whole = ofCache.measures.logprobsNats.reduce((sum, logprob) => sum + logprob, 0);
    expect([...mixed.tokenEnds]).toEqual([end]);
    expect(Math.exp(mixed.measures.logprobsNats[0]!)).toBeCloseTo(0.5 * Math.exp(-6) + 0.5 * Math.exp(whole), 12);
  });

  it('refuses engines with different tokenizers', () => {
    const { neural, cache } = twoEngines();
    const foreign: Engine = Object.create(neural, {
      source: { value: { ...neural.source, tokenizer: 'another' } },
    }) as Engine;
    expect(() => new MixtureEngine(foreign, cache)).toThrow(expect.objectContaining({ reason: 'unsupported' }));
  });
});
