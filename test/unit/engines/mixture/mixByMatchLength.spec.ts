import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixByMatchLength } from '../../../../src/engines/mixture/mixByMatchLength.ts';

/** Opinions from probabilities. */
function opinions(neural: readonly number[], cache: readonly number[], known: readonly number[]) {
  return {
    neuralLogprobsNats: Float64Array.from(neural, Math.log),
    cacheLogprobsNats: Float64Array.from(cache, Math.log),
    knownContexts: Float64Array.from(known),
  };
}

describe('mixByMatchLength', () => {
  it('follows the rule on a hand-computed case', () => {
    // w = 0.5: P = 0.5 * 0.8 + 0.5 * 0.2 = 0.5. Then w = 0.4 / 0.5 = 0.8, and with the share 0.98 * 0.8 + 0.02 * 0.5 = 0.794.
    // Second token: P = 0.794 * 0.5 + 0.206 * 0.1 = 0.4176.
    const { logprobsNats, neuralWeights } = mixByMatchLength(opinions([0.8, 0.5], [0.2, 0.1], [3, 3]));
    expect(Array.from(logprobsNats, Math.exp)).toEqual([expect.closeTo(0.5, 14), expect.closeTo(0.4176, 14)]);
    expect(Array.from(neuralWeights)).toEqual([0.5, expect.closeTo(0.794, 14)]);
  });

  it('keeps a weight for each match length, all beyond nine in one', () => {
    const { neuralWeights } = mixByMatchLength(
      opinions([0.9, 0.9, 0.9, 0.9], [0.1, 0.1, 0.1, 0.1], [0, 1, 9, 40]),
      [0.2, 0.3, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6],
    );
    expect(Array.from(neuralWeights.subarray(0, 3))).toEqual([0.2, 0.3, 0.6]);
    expect(neuralWeights[3]).toBeGreaterThan(0.6);
  });

  it('leaves a token unscored that one engine left unscored, and learns nothing from it', () => {
    const { logprobsNats, neuralWeights } = mixByMatchLength(opinions([Number.NaN, 0.5], [0.4, 0.5], [2, 2]));
    expect(logprobsNats[0]).toBeNaN();
    expect(neuralWeights[1]).toBe(0.5);
  });

  it('is a distribution: over all tokens that could come next, the probabilities add up to 1', () => {
    const history = fc.array(fc.tuple(fc.double({ min: 0.01, max: 1 }), fc.double({ min: 0.01, max: 1 }), fc.nat(12)), {
      maxLength: 30,
    });
    const masses = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(history, masses, fc.nat(12), (before, next, known) => {
        const neuralTotal = next.reduce((sum, [neural]) => sum + neural, 0);
        const cacheTotal = next.reduce((sum, [, cache]) => sum + cache, 0);
        const total = next.reduce((sum, [neural, cache]) => {
          const { logprobsNats } = mixByMatchLength(
            opinions(
              [...before.map(([p]) => p), neural / neuralTotal],
              [...before.map(([, p]) => p), cache / cacheTotal],
              [...before.map(([, , length]) => length), known],
            ),
          );
          return sum + Math.exp(logprobsNats.at(-1) ?? Number.NaN);
        }, 0);
        expect(total).toBeCloseTo(1, 10);
      }),
    );
  });

  it('comes close to the better engine, whichever that is, and follows it when it changes', () => {
    const good = Array.from({ length: 300 }, () => 0.9);
    const bad = good.map(() => 0.3);
    const known = good.map(() => 2);
    const lossOf = (neural: readonly number[], cache: readonly number[]) =>
      -mixByMatchLength(opinions(neural, cache, [...known, ...known])).logprobsNats.reduce((a, b) => a + b, 0);
    const best = -600 * Math.log(0.9);
    expect(lossOf([...good, ...good], [...bad, ...bad])).toBeLessThan(best + 15);
    expect(lossOf([...good, ...bad], [...bad, ...good])).toBeLessThan(best + 20);
  });
});
