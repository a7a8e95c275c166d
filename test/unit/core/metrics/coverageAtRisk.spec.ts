import { describe, expect, it } from 'vitest';
import { coverageAtRisk } from '../../../../src/core/metrics/coverageAtRisk.ts';
import { tally } from './someTallies.ts';

describe('coverageAtRisk', () => {
  const some = tally([6, 5, 4, 3, 2, 1], [1, 1, 0, 1, 1, 0]);

  it.each([
    [0, 2 / 6],
    [0.19, 2 / 6],
    [0.2, 5 / 6],
    [0.33, 5 / 6],
    [0.34, 1],
    [1, 1],
  ])('at a risk of %d covers %d', (maxRisk, share) => {
    expect(coverageAtRisk(some, maxRisk)).toBeCloseTo(share, 12);
  });

  it('is 0 where the most confident are bad, and takes ties whole', () => {
    expect(coverageAtRisk(tally([2, 1], [0, 1]), 0.2)).toBe(0);
    expect(coverageAtRisk(tally([2, 2, 1], [1, 0, 1]), 0.2)).toBe(0);
    expect(coverageAtRisk(tally([], []), 0.2)).toBeNull();
  });

  it('does not stumble over floating point', () => {
    const labels = Array.from({ length: 100 }, (_, index) => (index < 29 ? 0 : 1));
    expect(coverageAtRisk(tally(new Array<number>(100).fill(1), labels), 0.29)).toBe(1);
    expect(coverageAtRisk(tally(new Array<number>(100).fill(1), labels), 0.28)).toBe(0);
  });
});
