import { describe, expect, it } from 'vitest';
import { aurc } from '../../../../src/core/metrics/aurc.ts';
import { drawnItems, publishedCases, tally } from './someTallies.ts';

describe('aurc', () => {
  it('averages the share of bad ones over coverages', () => {
    expect(aurc(tally([4, 3, 2, 1], [1, 0, 1, 0]))).toBeCloseTo((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4, 12);
    expect(aurc(tally([4, 3], [1, 1]))).toBe(0);
    expect(aurc(tally([4, 3], [0, 0]))).toBe(1);
    expect(aurc(tally([], []))).toBeNull();
  });

  it('takes the mean over all orders of tied items', () => {
    const tied = aurc(tally([9, 5, 5, 5, 1], [0, 1, 0, 1, 1]));
    const orders = [
      [1, 0, 1],
      [0, 1, 1],
      [1, 1, 0],
    ].map((middle) => aurc(tally([9, 5, 4, 3, 1], [0, ...middle, 1]))!);
    expect(tied).toBeCloseTo(orders.reduce((sum, value) => sum + value, 0) / 3, 12);
    expect(aurc(tally(new Array<number>(8).fill(0), [1, 0, 1, 0, 1, 1, 1, 1]))).toBeCloseTo(1 / 4, 12);
  });

  it.each(publishedCases)('agrees with the mean over random orders: $name', ({ tally: some, expected, hasTies }) => {
    if (hasTies) expect(Math.abs(aurc(some)! - expected.aurc)).toBeLessThan(5e-3);
    else expect(aurc(some)).toBeCloseTo(expected.aurc, 9);
  });

  it('knows no order of its items', () => {
    const { scores, labels } = drawnItems(8, 300);
    const value = aurc(tally(scores, labels));
    expect(aurc(tally([...scores].reverse(), [...labels].reverse()))).toBe(value);
  });
});
