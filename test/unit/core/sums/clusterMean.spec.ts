import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { clusterMean } from '../../../../src/core/sums/clusterMean.ts';
import { meanWithInterval } from '../../../../src/core/sums/meanWithInterval.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

describe('clusterMean', () => {
  it('has the interval that one works out by hand', () => {
    // Mean 1; the groups leave 1 and -1; variance 2 / 1 * 2 / 16; Student's t with one degree of freedom: 6.3138.
    const mean = clusterMean(
      [
        { group: 'a', sum: 3, count: 2 },
        { group: 'b', sum: 1, count: 2 },
      ],
      0.9,
    );
    expect(mean).toMatchObject({ mean: 1, count: 4, groups: 2 });
    expect(mean?.interval?.low).toBeCloseTo(1 - 3.15688, 4);
    expect(mean?.interval?.high).toBeCloseTo(1 + 3.15688, 4);
  });

  it('knows nothing of how groups differ from one group, and nothing at all from none', () => {
    expect(clusterMean([{ group: 'a', sum: 3, count: 2 }])).toEqual({ mean: 1.5, interval: null, count: 2, groups: 1 });
    expect(clusterMean([{ group: 'a', sum: 0, count: 0 }])).toBeNull();
    expect(clusterMean([])).toBeNull();
  });

  it('refuses what is no number', () => {
    expect(() => clusterMean([{ group: 'a', sum: Number.NaN, count: 1 }])).toThrow(CandorError);
    expect(() => clusterMean([{ group: 'a', sum: 1, count: -1 }])).toThrow(CandorError);
  });

  it('is the same however the items of a group are parted', () => {
    const items = fc.array(fc.record({ group: fc.constantFrom('a', 'b', 'c'), sum: fc.integer({ min: -9, max: 9 }) }), {
      minLength: 2,
    });
    fc.assert(
      fc.property(items, (each) => {
        const apart = each.map((item) => ({ ...item, count: 1 }));
        const together = Array.from(
          Map.groupBy(apart, ({ group }) => group),
          ([group, own]) => ({ group, sum: own.reduce((sum, one) => sum + one.sum, 0), count: own.length }),
        );
        expect(clusterMean(together)).toEqual(clusterMean(apart));
      }),
    );
  });

  it('holds the true mean nine times in ten although items of a group are alike', () => {
    const { normal } = seededRandom(5);
    const trials = 500;
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      const parts = Array.from({ length: 12 }, (_, group) => {
        const shared = normal();
        return Array.from({ length: 6 }, () => ({ group: String(group), sum: shared + 0.5 * normal(), count: 1 }));
      }).flat();
      const interval = clusterMean(parts, 0.9)?.interval;
      if (interval && interval.low <= 0 && interval.high >= 0) held++;
    }
    expect(held / trials).toBeGreaterThan(0.86);
    expect(held / trials).toBeLessThan(0.94);
  });
});

describe('meanWithInterval', () => {
  it('counts what is unknown, and does not fill it in', () => {
    const { known, leftOut } = meanWithInterval([
      { group: 'a', value: 1 },
      { group: 'b', value: 3 },
      { group: 'b', value: null },
    ]);
    expect(known).toMatchObject({ mean: 2, count: 2, groups: 2 });
    expect(leftOut).toBe(1);
  });
});
