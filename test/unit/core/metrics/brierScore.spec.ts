import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { baseRate } from '../../../../src/core/metrics/baseRate.ts';
import { brierScore } from '../../../../src/core/metrics/brierScore.ts';
import { brierSkill } from '../../../../src/core/metrics/brierSkill.ts';
import { drawnItems, publishedCases, tally } from './someTallies.ts';

describe('brierScore', () => {
  it('is the mean squared distance to the label', () => {
    expect(brierScore(tally([0.8, 0.6, 0.1], [1, 0, 0]))).toBeCloseTo((0.04 + 0.36 + 0.01) / 3, 12);
    expect(brierScore(tally([0, 1], [0, 1]))).toBe(0);
    expect(brierScore(tally([], []))).toBeNull();
  });

  it.each(publishedCases)('agrees with scikit-learn: $name', ({ tally: some, expected }) => {
    expect(brierScore(some)).toBeCloseTo(expected.brier, 9);
  });

  it.each([[[-0.1, 0.5]], [[0.5, 1.1]], [[0.5, Infinity]]])('refuses %j', (scores) => {
    expect(() => brierScore(tally(scores, [0, 1]))).toThrow(CandorError);
  });
});

describe('brierSkill', () => {
  it('is 0 for the base rate, 1 for never wrong, below 0 for worse', () => {
    expect(brierSkill(tally([0.75, 0.75, 0.75, 0.75], [1, 0, 1, 1]))).toBeCloseTo(0, 12);
    expect(brierSkill(tally([0, 1, 1], [0, 1, 1]))).toBe(1);
    expect(brierSkill(tally([1, 0], [0, 1]))).toBe(-3);
  });

  it('is positive for forecasts that know something', () => {
    const { scores, labels } = drawnItems(1, 2000);
    expect(brierSkill(tally(scores, labels))).toBeGreaterThan(0.05);
  });

  it('is null where all items are alike', () => {
    expect([brierSkill(tally([0.5], [1])), brierSkill(tally([0.5], [0])), brierSkill(tally([], []))]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('baseRate', () => {
  it('is the share of good items, by their counts', () => {
    expect(baseRate(tally([1, 2, 3], [1, 0, 0]))).toBeCloseTo(1 / 3, 12);
    expect(baseRate(tally([1, 2, 3], [1, 0, 0], [3, 1, 0]))).toBe(3 / 4);
    expect(baseRate(tally([1], [1], [0]))).toBeNull();
  });
});
