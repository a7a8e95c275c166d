import { tallyTotals, type Tally } from './tallyLabels.ts';

/** The share of good items, in [0, 1]; null where there is no item. */
export function baseRate(tally: Tally): number | null {
  const { good, bad } = tallyTotals(tally);
  return good + bad === 0 ? null : good / (good + bad);
}
