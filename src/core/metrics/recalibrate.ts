import { poolAdjacentViolators } from './poolAdjacentViolators.ts';
import { tallyTotals, type Tally } from './tallyLabels.ts';

/**
 * The chance of the good event at each score, as these items show it, if it never falls while the score rises: the isotonic
 * regression of the labels, tied items pooled.
 *
 * @returns one a score of the tally, rising, in [0, 1]; null where there is no item
 */
export function recalibrate(tally: Tally): Float64Array | null {
  const { good, bad } = tallyTotals(tally);
  if (good + bad === 0) return null;
  const { goods, bads } = tally;
  const masses = Float64Array.from(goods);
  const shares = new Float64Array(goods.length);
  for (let block = 0; block < goods.length; block++) {
    const mass = (goods[block] ?? 0) + (bads[block] ?? 0);
    masses[block] = mass;
    if (mass > 0) shares[block] = (goods[block] ?? 0) / mass;
  }
  return poolAdjacentViolators(shares, masses);
}
