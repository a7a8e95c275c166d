import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { clipProbability } from '../../../../src/core/metrics/clipProbability.ts';
import { logLoss } from '../../../../src/core/metrics/logLoss.ts';
import { publishedCases, tally } from './someTallies.ts';

describe('logLoss', () => {
  it('is the mean surprise in nats', () => {
    expect(logLoss(tally([0.5, 0.5], [1, 0]))).toBeCloseTo(Math.LN2, 12);
    expect(logLoss(tally([0.9, 0.2], [1, 0]))).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8)) / 2, 12);
    expect(logLoss(tally([], []))).toBeNull();
  });

  it('costs 13.8 nats at most', () => {
    expect(logLoss(tally([0, 1], [1, 0]))).toBeCloseTo(-Math.log(1e-6), 6);
    expect([0, 1, 0.3].map(clipProbability)).toEqual([1e-6, 1 - 1e-6, 0.3]);
  });

  it.each(publishedCases)('agrees with scikit-learn: $name', ({ tally: some, expected }) => {
    expect(logLoss(some)).toBeCloseTo(expected.logLoss, 9);
  });

  it('refuses what is no probability', () => {
    expect(() => logLoss(tally([2], [1]))).toThrow(CandorError);
  });
});
