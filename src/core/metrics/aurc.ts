import type { Tally } from './tallyLabels.ts';

/**
 * The area under the risk-coverage curve: the share of bad ones among the k most confident items, averaged over
 * k = 1, ..., n. Lower is better. Of tied items it is the mean over all their orders. O(n).
 *
 * @returns in [0, 1]; null where there is no item
 */
export function aurc({ goods, bads }: Tally): number | null {
  let [badSoFar, taken, total] = [0, 0, 0];
  for (let block = bads.length - 1; block >= 0; block--) {
    const bad = bads[block] ?? 0;
    const all = bad + (goods[block] ?? 0);
    if (all === 0) continue;
    // Of the first j tied ones bad j / all are bad, on average: the sum of (badSoFar + bad j / all) / (taken + j).
    const share = bad / all;
    let harmonic = 0;
    for (let place = taken + 1; place <= taken + all; place++) harmonic += 1 / place;
    total += bad + (badSoFar - taken * share) * harmonic;
    badSoFar += bad;
    taken += all;
  }
  return taken === 0 ? null : total / taken;
}
