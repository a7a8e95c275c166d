import type { Tally } from './tallyLabels.ts';

/** Far below one item: 0.29 of 100 items are 29, though not in floating point. */
const ROUNDING = 1e-6;

/**
 * The largest share of items, the most confident first, of which at most `maxRisk` are bad. A threshold takes all items of a
 * score or none. It is what these items show, chosen in hindsight: no promise for the next ones.
 *
 * @param maxRisk share of bad items, in [0, 1]
 * @returns in [0, 1], 0 where even the most confident ones hold too many bad; null where there is no item
 */
export function coverageAtRisk({ goods, bads }: Tally, maxRisk: number): number | null {
  let [badSoFar, taken, covered] = [0, 0, 0];
  for (let block = bads.length - 1; block >= 0; block--) {
    badSoFar += bads[block] ?? 0;
    taken += (bads[block] ?? 0) + (goods[block] ?? 0);
    if (badSoFar <= maxRisk * taken + ROUNDING) covered = taken;
  }
  return taken === 0 ? null : covered / taken;
}
