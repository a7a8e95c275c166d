import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { clusterMeasures, clusterSizesOf } from '../../../../src/core/opinions/clusterMeasures.ts';

const { log } = Math;

describe('clusterMeasures', () => {
  // m = 5, so six answers. FE of shares 4/6 and 2/6: 2/3 ln 3/2 + 1/3 ln 3 = ln 3 - 2/3 ln 2.
  it.each([
    ['all agree', 6, [], 1, 0, 1],
    ['the original stands alone against one cluster', 1, [5], 0, log(6) - (5 / 6) * log(5), 4 / 5],
    ['two samples disagree with one voice', 4, [2], 3 / 5, log(3) - (2 / 3) * log(2), 4 / 5],
    ['two samples disagree each its own way', 4, [1, 1], 3 / 5, (2 / 3) * log(3 / 2) + (1 / 3) * log(6), 3 / 5],
    ['three pairs', 2, [2, 2], 1 / 5, log(3), 3 / 5],
    ['no two agree', 1, [1, 1, 1, 1, 1], 0, log(6), 0],
  ])('where %s', (_, original, others, rate, entropyNats, sets) => {
    const measures = clusterMeasures({ original, others })!;
    expect(measures.sampleCount).toBe(5);
    expect(measures.clusterCount).toBe(1 + others.length);
    expect(measures.functionalEquivalenceRate).toBeCloseTo(rate, 14);
    expect(measures.functionalEntropyNats).toBeCloseTo(entropyNats, 14);
    expect(measures.functionalNegentropy).toBeCloseTo(1 - entropyNats / log(6), 14);
    expect(measures.functionalSetsConfidence).toBeCloseTo(sets, 14);
  });

  it('knows nothing without samples', () => {
    expect(clusterMeasures({ original: 1, others: [] })).toBeNull();
  });

  it.each([
    ['an original that is not in its cluster', 0, [3]],
    ['an empty cluster', 1, [2, 0]],
    ['half an answer', 1, [1.5]],
    ['a number that is none', Number.NaN, []],
  ])('refuses %s', (_, original, others) => {
    expect(() => clusterMeasures({ original, others })).toThrow(CandorError);
  });

  const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 12 });

  it('counts names, however they are called and whatever order the samples have', () => {
    expect(clusterSizesOf('b', ['a', 'b', 'c', 'a'])).toEqual({ original: 2, others: [2, 1] });
    fc.assert(
      fc.property(names, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), ([original = '', ...samples], keys) => {
        const measures = clusterMeasures(clusterSizesOf(original, samples));
        const renamed = clusterMeasures(
          clusterSizesOf(
            `cluster ${original}`,
            samples.map((name) => `cluster ${name}`),
          ),
        );
        expect(renamed).toEqual(measures);
        const shuffled = samples
          .map((name, index) => ({ name, key: keys[index]! }))
          .sort((left, right) => left.key - right.key)
          .map(({ name }) => name);
        const again = clusterMeasures(clusterSizesOf(original, shuffled))!;
        expect(again.functionalEquivalenceRate).toBe(measures?.functionalEquivalenceRate);
        expect(again.functionalSetsConfidence).toBe(measures?.functionalSetsConfidence);
        expect(again.functionalEntropyNats).toBeCloseTo(measures!.functionalEntropyNats, 12);
        expect(again.functionalNegentropy).toBeCloseTo(measures!.functionalNegentropy, 12);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('stays in its ranges, and a sample that comes to agree lowers nothing', () => {
    fc.assert(
      fc.property(names, ([original = '', ...samples]) => {
        const before = clusterMeasures(clusterSizesOf(original, samples))!;
        for (const share of [
          before.functionalEquivalenceRate,
          before.functionalNegentropy,
          before.functionalSetsConfidence,
        ]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        expect(before.functionalEntropyNats).toBeLessThanOrEqual(log(samples.length + 1) + 1e-12);
        const after = clusterMeasures(clusterSizesOf(original, [original, ...samples.slice(1)]))!;
        expect(after.functionalEquivalenceRate).toBeGreaterThanOrEqual(before.functionalEquivalenceRate);
        expect(after.functionalSetsConfidence).toBeGreaterThanOrEqual(before.functionalSetsConfidence);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
