import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../../../model/bundled/evaluation/wilsonInterval.ts';

describe('wilsonInterval', () => {
  // z^2 = 3.841459. 5 of 10: middle 0.5, half 1.959964 / 1.3841459 * sqrt(0.025 + 3.841459 / 400) = 0.26341.
  // None of 20: from 0 to z^2 / (20 + z^2).
  it.each([
    [5, 10, 0.23659, 0.76341],
    [0, 20, 0, 0.16112],
    [20, 20, 0.83888, 1],
  ])('follows the formula: %i of %i', (hits, count, low, high) => {
    const interval = wilsonInterval(hits, count);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('says nothing of nothing', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
