import type { CalibrationBins } from './calibrationBins.ts';
import { checkProbabilities } from './checkProbabilities.ts';
import type { Tally } from './tallyLabels.ts';

/**
 * The distance between the mean forecast and the share of good items in a bin, averaged over bins by their items. A
 * calibrated forecaster does not reach 0 (0.10 on average with 100 items in ten bins), so never show it without
 * `eceNullPercentile`; `smoothEce` needs no bins.
 *
 * @returns in [0, 1]; null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function expectedCalibrationError(tally: Tally, bins: CalibrationBins): number | null {
  checkProbabilities(tally);
  const { scores, goods, bads } = tally;
  const gaps = new Float64Array(bins.reduce((most, bin) => Math.max(most, bin + 1), 0));
  let items = 0;
  for (let block = 0; block < scores.length; block++) {
    const [good, bad] = [goods[block] ?? 0, bads[block] ?? 0];
    const bin = bins[block] ?? 0;
    gaps[bin] = (gaps[bin] ?? 0) + good - (good + bad) * (scores[block] ?? 0);
    items += good + bad;
  }
  return items === 0 ? null : gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / items;
}
