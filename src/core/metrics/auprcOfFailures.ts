import { tallyTotals, type Tally } from './tallyLabels.ts';

/**
 * Average precision at finding the bad items, the lowest scores first: the sum over thresholds of the recall gained there
 * times the precision there, a step function without interpolation, as scikit-learn's `average_precision_score` has it for
 * label 0 and the negated score. Scores that know nothing get the share of bad items. O(n).
 *
 * @returns in (0, 1]; null where no item is bad
 */
export function auprcOfFailures(tally: Tally): number | null {
  const { bad: allBad } = tallyTotals(tally);
  if (allBad === 0) return null;
  let [found, taken, area] = [0, 0, 0];
  for (let block = 0; block < tally.bads.length; block++) {
    const bad = tally.bads[block] ?? 0;
    found += bad;
    taken += bad + (tally.goods[block] ?? 0);
    // Without a branch, for in a resample it would be a coin toss.
    area += (bad * found) / Math.max(1, taken);
  }
  return area / allBad;
}
