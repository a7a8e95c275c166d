import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { suspectLabels } from '../../../../src/core/sums/suspectLabels.ts';

const labels = (good: boolean, ...ps: readonly number[]): { p: number; good: boolean }[] =>
  ps.map((p) => ({ p, good }));

describe('suspectLabels', () => {
  it('lists what is predicted as the other label usually is, the most suspect first', () => {
    // Usual chance of a good label .6, of a bad one .583.
    const suspects = suspectLabels([...labels(true, 0.9, 0.8, 0.1), ...labels(false, 0.2, 0.1, 0.95)]);
    expect(suspects?.map(({ item }) => item)).toEqual([
      { p: 0.95, good: false },
      { p: 0.1, good: true },
    ]);
    expect(suspects?.[0]?.chanceOfLabel).toBeCloseTo(0.05, 12);
    expect(suspects?.[1]?.chanceOfLabel).toBeCloseTo(0.1, 12);
  });

  it('does not flag all of the rare label where predictions lean to the other', () => {
    // All are said to be fine; the bad ones are still said to be less so.
    expect(suspectLabels([...labels(true, 0.95, 0.94, 0.96), ...labels(false, 0.7, 0.72, 0.68)])).toEqual([]);
  });

  it('has nothing to compare with where all labels are the same', () => {
    expect(suspectLabels(labels(true, 0.9, 0.1))).toBeNull();
    expect(suspectLabels([])).toBeNull();
  });

  it('finds most planted flips, and little else', () => {
    const { uniform, normal } = seededRandom(3);
    const items = Array.from({ length: 600 }, (_, index) => {
      const truth = uniform() < 0.6;
      const isFlipped = index % 20 === 0;
      const p = 1 / (1 + Math.exp(-((truth ? 2.5 : -2.5) + normal())));
      return { p, good: truth !== isFlipped, isFlipped };
    });
    const found = suspectLabels(items)!;
    const planted = found.filter(({ item }) => item.isFlipped).length;
    expect(planted).toBeGreaterThan(15);
    expect(planted / found.length).toBeGreaterThan(0.6);
    // Of 30 flips among 600 labels chance would bring one in twenty.
    expect(found.slice(0, 10).filter(({ item }) => item.isFlipped).length).toBeGreaterThan(7);
  });
});
