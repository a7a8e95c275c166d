import { seededRandom } from '../seededRandom.ts';
import type { CalibrationBins } from './calibrationBins.ts';
import { checkProbabilities } from './checkProbabilities.ts';
import { drawCalibrated } from './drawCalibrated.ts';
import { expectedCalibrationError } from './expectedCalibrationError.ts';
import { quantile } from './quantile.ts';
import { tallyTotals, type Tally } from './tallyLabels.ts';

/**
 * How high the expected calibration error of a perfectly calibrated forecaster gets who makes these very forecasts: the
 * percentile over labels drawn from them, independently. An error below it says little: one who is 1.6 times overconfident
 * is mostly not found out with 100 items. One above it may come from clusters.
 *
 * @param draws how many sets of labels; 400 give the 95th percentile to about 2 % of itself
 * @param share which percentile, in [0, 1]
 * @returns in [0, 1]; null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function eceNullPercentile(
  tally: Tally,
  bins: CalibrationBins,
  seed: number,
  { draws = 400, share = 0.95 }: { readonly draws?: number; readonly share?: number } = {},
): number | null {
  checkProbabilities(tally);
  const { good, bad } = tallyTotals(tally);
  if (good + bad === 0) return null;
  const random = seededRandom(seed);
  const errors = Float64Array.from(
    { length: draws },
    () => expectedCalibrationError(drawCalibrated(tally, random), bins) ?? 0,
  );
  return quantile(errors, share);
}
