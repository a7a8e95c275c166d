import type { Tally } from './tallyLabels.ts';

/**
 * The chance that a good item scores higher than a bad one, ties counting half (Mann and Whitney): 0.5 for scores that know
 * nothing, 1 for ones that never err. O(n).
 *
 * @param from the first and
 * @param to the end of the run of scores to look at; all when left out
 * @returns in [0, 1]; null where the items are all good or all bad
 */
export function auroc({ goods, bads }: Tally, from = 0, to = goods.length): number | null {
  let [goodSoFar, badSoFar, won] = [0, 0, 0];
  for (let block = from; block < to; block++) {
    const good = goods[block] ?? 0;
    const bad = bads[block] ?? 0;
    won += good * (badSoFar + bad / 2);
    goodSoFar += good;
    badSoFar += bad;
  }
  const pairs = goodSoFar * badSoFar;
  return pairs === 0 ? null : won / pairs;
}
