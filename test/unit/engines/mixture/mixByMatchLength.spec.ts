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
    // w = mean of the shares = 0.5: P = 0.5 * 0.8 + 0.5 * 0.2 = 0.5. Of an expert of share s, P_s / P = 0.4 + 1.2 s, so its
    // belief becomes (0.995 (0.4 + 1.2 s) + 0.005) / 7, and w = 0.5 + 0.995 * 1.2 * (mean of s^2 - 0.25) = 0.6854, where
    // the squares are 0.0001, 0.0025, 0.04, 0.25, 0.64, 0.9025, 0.9801: in the mean 0.40217.
    const { logprobsNats, neuralWeights } = mixByMatchLength(opinions([0.8, 0.5], [0.2, 0.1], [3, 3]));
    const weight = 0.5 + 0.995 * 1.2 * (2.8152 / 7 - 0.25);
    expect(Array.from(neuralWeights)).toEqual([expect.closeTo(0.5, 14), expect.closeTo(weight, 14)]);
    expect(Array.from(logprobsNats, Math.exp)).toEqual([
      expect.closeTo(0.5, 14),
      expect.closeTo(weight * 0.5 + (1 - weight) * 0.1, 14),
    ]);
  });

  it('keeps beliefs for each match length, all beyond nine in one', () => {
    const { neuralWeights } = mixByMatchLength(opinions([0.9, 0.9, 0.9, 0.9], [0.1, 0.1, 0.1, 0.1], [0, 1, 9, 40]));
    for (const weight of neuralWeights.subarray(0, 3)) expect(weight).toBeCloseTo(0.5, 14);
    expect(neuralWeights[3]).toBeGreaterThan(0.6);
  });

  it('finds the best weight where it lies between', () => {
    // Each engine is right about every other token: half of each, 0.5 * 0.9 + 0.5 * 0.02, is the best there is.
    const neural = Array.from({ length: 600 }, (_, token) => (token % 2 === 0 ? 0.9 : 0.02));
    const { logprobsNats, neuralWeights } = mixByMatchLength(
      opinions(
        neural,
        neural.map((p) => 0.92 - p),
        neural.map(() => 4),
      ),
    );
    for (const weight of neuralWeights.subarray(100)) expect(Math.abs(weight - 0.5)).toBeLessThan(0.1);
    expect(-logprobsNats.reduce((a, b) => a + b, 0)).toBeLessThan(-600 * Math.log(0.46) + 6);
  });

  it('leaves a token unscored that one engine left unscored, and learns nothing from it', () => {
    const { logprobsNats, neuralWeights } = mixByMatchLength(opinions([Number.NaN, 0.5], [0.4, 0.5], [2, 2]));
    expect(logprobsNats[0]).toBeNaN();
    expect(neuralWeights[1]).toBeCloseTo(0.5, 14);
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
    expect(lossOf([...good, ...good], [...bad, ...bad])).toBeLessThan(best + 10);
    expect(lossOf([...good, ...bad], [...bad, ...good])).toBeLessThan(best + 20);
  });
});
