import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { equalMassBins, equalWidthBins } from '../../../../src/core/metrics/calibrationBins.ts';
import { drawCalibrated } from '../../../../src/core/metrics/drawCalibrated.ts';
import { eceNullPercentile } from '../../../../src/core/metrics/eceNullPercentile.ts';
import { expectedCalibrationError } from '../../../../src/core/metrics/expectedCalibrationError.ts';
import { quantile } from '../../../../src/core/metrics/quantile.ts';
import type { Tally } from '../../../../src/core/metrics/tallyLabels.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { publishedCases, tally } from './someTallies.ts';

const ece = (some: Tally): number | null => expectedCalibrationError(some, equalWidthBins(some));

describe('expectedCalibrationError', () => {
  it('averages the gaps of bins', () => {
    // [0.1, 0.2): 1 of 2 good where 0.15 was said on average; [0.9, 1]: 0.95 said, all good.
    expect(ece(tally([0.1, 0.19, 0.9, 1], [0, 1, 1, 1]))).toBeCloseTo((2 * (0.5 - 0.145) + 2 * 0.05) / 4, 12);
    expect(ece(tally([], []))).toBeNull();
  });

  it.each(publishedCases.filter(({ name }) => !name.startsWith('zeros')))(
    'agrees with relplot: $name',
    ({ tally: some, expected }) => {
      expect(ece(some)).toBeCloseTo(expected.ece, 9);
    },
  );

  it('refuses what is no probability', () => {
    expect(() => ece(tally([-0.1], [1]))).toThrow(CandorError);
  });
});

describe('calibration bins', () => {
  it('are equally wide', () => {
    expect([...equalWidthBins(tally([0, 0.09, 0.1, 0.3, 0.99, 1], [0, 0, 0, 0, 0, 0]))]).toEqual([0, 0, 1, 3, 9, 9]);
  });

  it('or hold as many items each, ties together', () => {
    expect([...equalMassBins(tally([1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0]), 3)]).toEqual([0, 0, 1, 1, 2, 2]);
    expect([...equalMassBins(tally([1, 1, 1, 1, 2, 3], [0, 0, 0, 0, 0, 0]), 3)]).toEqual([1, 2, 2]);
    expect([...equalMassBins(tally([1, 2, 3], [0, 0, 0], [4, 0, 4]), 2)]).toEqual([0, 1, 1]);
  });

  it.each([0, 1.5, 256])('cannot be %d', (bins) => {
    expect(() => equalWidthBins(tally([], []), bins)).toThrow(CandorError);
  });
});

describe('eceNullPercentile', () => {
  /** Beta(1.5, 1.5) by rejection: its density is that of a half circle. */
  function beta(count: number, seed: number): number[] {
    const { uniform } = seededRandom(seed);
    return Array.from({ length: count }, () => {
      for (;;) {
        const [value, height] = [uniform(), uniform() / 2];
        if (height ** 2 <= value * (1 - value)) return value;
      }
    });
  }

  // The simulated table of a perfectly calibrated forecaster: mean and 95th percentile, ten bins.
  it.each([
    [25, 0.197, 0.282],
    [50, 0.142, 0.201],
    [100, 0.103, 0.148],
    [200, 0.073, 0.106],
    [500, 0.046, 0.066],
    [1000, 0.033, 0.048],
  ])('with %d items: mean %d, 95th percentile %d', (count, mean, high) => {
    const random = seededRandom(count);
    const [means, highs]: [number[], number[]] = [[], []];
    for (let round = 0; round < 10; round++) {
      const some = tally(beta(count, 10 * count + round), new Array<number>(count).fill(0));
      const bins = equalWidthBins(some);
      highs.push(eceNullPercentile(some, bins, round, { draws: 100 })!);
      for (let draw = 0; draw < 30; draw++) means.push(expectedCalibrationError(drawCalibrated(some, random), bins)!);
    }
    const average = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(average(means) / mean - 1)).toBeLessThan(0.06);
    expect(Math.abs(average(highs) / high - 1)).toBeLessThan(0.06);
  });

  it('is the same for the same seed, and null without items', () => {
    const some = tally(beta(50, 1), new Array<number>(50).fill(1));
    const bins = equalWidthBins(some);
    expect(eceNullPercentile(some, bins, 3)).toBe(eceNullPercentile(some, bins, 3));
    expect(eceNullPercentile(tally([], []), new Uint8Array(0), 3)).toBeNull();
  });
});

describe('quantile', () => {
  it('lies on straight lines between sorted values', () => {
    expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 1.75, 2.5, 3.7, 4]);
    expect(quantile([5], 0.3)).toBe(5);
    expect(quantile([], 0.5)).toBeNull();
  });
});
