import { tallyTotals, type Tally } from './tallyLabels.ts';

/**
 * The area under the risk-coverage curve: the share of bad ones among the k most confident items, averaged over
 * k = 1, ..., n. Lower is better. Of tied items it is the mean over all their orders. O(n).
 *
 * @returns in [0, 1]; null where there is no item
 */
export function aurc(tally: Tally): number | null {
  const { goods, bads } = tally;
  const { good: allGood, bad: allBad } = tallyTotals(tally);
  const harmonic = harmonicNumbers(allGood + allBad);
  let [badSoFar, taken, total] = [0, 0, 0];
  for (let block = bads.length - 1; block >= 0; block--) {
    const bad = bads[block] ?? 0;
    const all = bad + (goods[block] ?? 0);
    // Of the first j tied ones bad j / all are bad, on average: the sum of (badSoFar + bad j / all) / (taken + j).
    const share = bad / Math.max(1, all);
    total += bad + (badSoFar - taken * share) * ((harmonic[taken + all] ?? 0) - (harmonic[taken] ?? 0));
    badSoFar += bad;
    taken += all;
  }
  return taken === 0 ? null : total / taken;
}

/** Kept from call to call, for resamples have about as many items each. */
let known = new Float64Array(1);

/** The sums 1 + 1/2 + ... + 1/k, for each k from 0 to `most` at least. */
function harmonicNumbers(most: number): Float64Array {
  if (known.length > most) return known;
  known = new Float64Array(2 * most + 1);
  for (let k = 1; k < known.length; k++) known[k] = (known[k - 1] ?? 0) + 1 / k;
  return known;
}
