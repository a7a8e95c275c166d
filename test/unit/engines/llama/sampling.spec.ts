import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sampling } from '../../../../src/engines/engine.ts';
import { openLlamaEngine, type LlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import { sampleContinuations } from '../../../../src/engines/sampleContinuations.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';

/** What the bundled model writes when it draws. */
let engine: LlamaEngine;

beforeAll(async () => {
  const load = { modelPath: fileURLToPath(sourceAssets.bundledModel), threads: 1, contextTokens: 1024 };
  engine = await openLlamaEngine({ childUrl: sourceAssets.llamaChild, load });
}, 60_000);

afterAll(() => engine.close());

const FILE = new URL('../../../fixtures/sample/service/handlers.py', import.meta.url);
const PREFIX = readFileSync(FILE, 'utf8').split('\n').slice(0, 12).join('\n') + '\n';
const ASKED = { prefix: PREFIX, path: 'a.py', maxTokens: 24, topK: 0 };

async function draw(sampling: Sampling, more: Partial<typeof ASKED> = {}): Promise<string> {
  return (await engine.generate({ ...ASKED, ...more, sampling })).text;
}

describe('a drawn text', () => {
  it('is the same for the same seed, however much is asked besides, and another for another', async () => {
    const text = await draw({ temperature: 1, seed: 5 });
    // The model was at another text meanwhile.
    const other = await draw({ temperature: 1, seed: 6 }, { prefix: 'x = ' });
    expect(await draw({ temperature: 1, seed: 5 })).toBe(text);
    expect(await draw({ temperature: 1, seed: 5 }, { topK: 7 })).toBe(text);
    expect(await draw({ temperature: 1, seed: 6 })).not.toBe(text);
    expect(other).not.toBe(text);
    expect((await draw({ temperature: 1, seed: 5 }, { maxTokens: 6 })).length).toBeGreaterThan(0);
    expect(text.startsWith(await draw({ temperature: 1, seed: 5 }, { maxTokens: 6 }))).toBe(true);
  });

  it('is the likeliest one near temperature 0', async () => {
    const likeliest = (await engine.generate(ASKED)).text;
    for (const seed of [1, 2, 3]) expect(await draw({ temperature: 1e-4, seed })).toBe(likeliest);
  });

  it('has the numbers of the model at temperature 1, whatever it was drawn at', async () => {
    const plain = (await engine.generate({ ...ASKED, topK: 20, maxTokens: 1 })).token(0);
    for (const temperature of [0.5, 1, 1.6]) {
      const written = await engine.generate({ ...ASKED, topK: 20, sampling: { temperature, seed: 3 } });
      expect(written.source).toMatchObject({ mode: 'generated', distribution: { kind: 'raw' } });
      expect(written.token(0).alternatives).toEqual(plain.alternatives);
      for (const { text, logprobNats, alternatives = [] } of written.tokens()) {
        const named = alternatives.find((other) => other.text === text);
        expect(logprobNats).toBeLessThanOrEqual(named?.logprobNats ?? alternatives.at(-1)?.logprobNats ?? 0);
        if (named !== undefined) expect(logprobNats).toBe(named.logprobNats);
      }
    }
  });

  it('goes with a word that was begun, and not always in the same way', async () => {
    const prefix = `${PREFIX}def handle_`;
    const texts = new Set<string>();
    for (let seed = 0; seed < 12; seed++) texts.add(await draw({ temperature: 1, seed }, { prefix, maxTokens: 2 }));
    expect(texts.size).toBeGreaterThan(3);
  });

  it('is refused for a temperature or a seed that is none', async () => {
    for (const sampling of [
      { temperature: 0, seed: 1 },
      { temperature: Number.NaN, seed: 1 },
      { temperature: 1, seed: 1.5 },
      { temperature: 1, seed: -1 },
      { temperature: 1, seed: 2 ** 31 },
    ]) {
      await expect(draw(sampling)).rejects.toMatchObject({ reason: 'bad-call' });
    }
  });
});

describe('many draws of one token', () => {
  it('come as often as the model says', async () => {
    const prefix = 'for i in range(10):\n    if i ';
    const place = { prefix: prefix.trimEnd() + ' (', path: 'a.py', maxTokens: 1, topK: 20 };
    const listed = (await engine.generate(place)).token(0).alternatives ?? [];
    const draws = 600;
    const counts = new Map<string, number>();
    for (let seed = 0; seed < draws; seed++) {
      const { text } = await engine.generate({ ...place, topK: 0, sampling: { temperature: 1, seed } });
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    // Bins of at least eight expected draws, and one for all the rest.
    const bins = listed
      .map(({ text, logprobNats }) => ({ seen: counts.get(text) ?? 0, expected: draws * Math.exp(logprobNats) }))
      .filter(({ expected }) => expected >= 8);
    const sumOf = (key: 'seen' | 'expected'): number => bins.reduce((sum, bin) => sum + bin[key], 0);
    const rest = { seen: draws - sumOf('seen'), expected: draws - sumOf('expected') };
    expect(bins.length).toBeGreaterThan(3);
    const all = rest.expected >= 8 ? [...bins, rest] : bins;
    const chiSquare = all.reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
    // With 3 to 20 degrees of freedom, 99.99 % of chi-squares are below 21 to 52: mean + 5.2 deviations is above both.
    const freedom = all.length - 1;
    expect(chiSquare).toBeLessThan(freedom + 5.2 * Math.sqrt(2 * freedom) + 6);
    expect(chiSquare).toBeGreaterThan(0);
  });
});

describe('what is written until it is enough', () => {
  it.each([undefined, { temperature: 1, seed: 9 }])(
    'keeps its tokens, and ends where it was (%j)',
    async (sampling) => {
      const request = { ...ASKED, maxTokens: 200, ...(sampling && { sampling }) };
      const stop = new AbortController();
      const heard: string[] = [];
      const onText = (text: string): void => {
        heard.push(text);
        if (heard.length === 5) stop.abort();
      };
      const short = await engine.generate({ ...request, onText, stopSignal: stop.signal });
      expect(heard).toHaveLength(5);
      expect(short.text).toBe(heard.join(''));
      const long = await engine.generate({ ...request, maxTokens: short.tokenCount });
      expect(short.text).toBe(long.text);
      expect([...short.measures.logprobsNats]).toEqual(
        [...long.measures.logprobsNats].map((nats) => expect.closeTo(nats, 3) as number),
      );
    },
  );

  it('takes no longer than that', async () => {
    const stop = new AbortController();
    const began = performance.now();
    const onText = (): void => {
      stop.abort();
    };
    const sampling = { temperature: 1, seed: 1 };
    await engine.generate({ ...ASKED, maxTokens: 400, onText, stopSignal: stop.signal, sampling });
    const shortMs = performance.now() - began;
    await engine.generate({ ...ASKED, maxTokens: 400, sampling });
    expect(shortMs).toBeLessThan((performance.now() - began - shortMs) / 3);
  });

  it('is nothing where it was enough before, and an error where it is given up', async () => {
    expect((await engine.generate({ ...ASKED, stopSignal: AbortSignal.abort() })).text).toBe('');
    const abort = new AbortController();
    const onText = (): void => {
      abort.abort('given up');
    };
    const sampling = { temperature: 1, seed: 1 };
    const asked = engine.generate({ ...ASKED, maxTokens: 200, sampling, onText, abortSignal: abort.signal });
    await expect(asked).rejects.toBe('given up');
  });
});

describe('several continuations', () => {
  it('are the same ones for the same seed, and end where they are enough', async () => {
    const texts = async (seed: number, count: number): Promise<readonly string[]> => {
      const isEnough = (text: string): boolean => text.trimStart().includes('\n');
      const wanted = { count, temperature: 0.9, seed, isEnough };
      const found: string[] = [];
      for await (const { index, scored } of sampleContinuations(engine, ASKED, wanted)) found[index] = scored.text;
      return found;
    };
    const five = await texts(1, 5);
    expect(five).toHaveLength(5);
    expect(await texts(1, 3)).toEqual(five.slice(0, 3));
    expect(await texts(2, 5)).not.toEqual(five);
    expect(new Set(five).size).toBeGreaterThan(1);
  });

  it('do not evaluate their prefix again', async () => {
    const long = PREFIX.repeat(2);
    const took = async (prefixOf: (seed: number) => string): Promise<number> => {
      const began = performance.now();
      for (let seed = 0; seed < 8; seed++)
        await draw({ temperature: 1, seed }, { prefix: prefixOf(seed), maxTokens: 1 });
      return performance.now() - began;
    };
    await took(() => long);
    const together = await took(() => long);
    const apart = await took((seed) => `# ${seed} of many\n${long}`);
    expect(together).toBeLessThan(0.7 * apart);
  });
});
