import { describe, expect, it } from 'vitest';
import { brierScore } from '../../../../src/core/metrics/brierScore.ts';
import { corpParts } from '../../../../src/core/metrics/corpParts.ts';
import { recalibrate } from '../../../../src/core/metrics/recalibrate.ts';
import { drawnItems, publishedCases, tally } from './someTallies.ts';

describe('corpParts', () => {
  it('takes apart a small table', () => {
    // Recalibrated: 0, 1/2, 1/2, 1, so the score could be 1/8.
    const parts = corpParts(tally([0.2, 0.4, 0.6, 0.8], [0, 1, 0, 1]));
    expect(parts?.uncertainty).toBeCloseTo(0.25, 12);
    expect(parts?.discrimination).toBeCloseTo(0.25 - 0.125, 12);
    expect(parts?.miscalibration).toBeCloseTo((0.04 + 0.36 + 0.36 + 0.04) / 4 - 0.125, 12);
  });

  it.each(publishedCases)('agrees with scikit-learn: $name', ({ tally: some, expected }) => {
    const parts = corpParts(some);
    expect(parts?.miscalibration).toBeCloseTo(expected.corp.miscalibration, 9);
    expect(parts?.discrimination).toBeCloseTo(expected.corp.discrimination, 9);
    expect(parts?.uncertainty).toBeCloseTo(expected.corp.uncertainty, 9);
  });

  it('adds up to the Brier score', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { scores, labels } = drawnItems(seed, 1 + 3 * seed, (logit) => 2 * logit - 1);
      const some = tally(scores, labels);
      const { miscalibration = NaN, discrimination = NaN, uncertainty = NaN } = corpParts(some) ?? {};
      expect(miscalibration - discrimination + uncertainty).toBeCloseTo(brierScore(some)!, 12);
    }
  });

  it('is null without items, and so is recalibration', () => {
    expect(corpParts(tally([], []))).toBeNull();
    expect(recalibrate(tally([0.5], [1], [0]))).toBeNull();
  });
});

describe('recalibrate', () => {
  it('pools ties and what falls', () => {
    expect([...recalibrate(tally([0.1, 0.1, 0.3, 0.5, 0.7], [0, 1, 1, 0, 1]))!]).toEqual([0.5, 0.5, 0.5, 1]);
  });
});
