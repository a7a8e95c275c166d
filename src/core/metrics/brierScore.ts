import { checkProbabilities } from './checkProbabilities.ts';
import type { Tally } from './tallyLabels.ts';

/**
 * The mean squared distance between probability and label. Lower is better.
 *
 * @returns in [0, 1]; null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function brierScore(tally: Tally): number | null {
  checkProbabilities(tally);
  return meanSquare(tally, tally.scores);
}

/** The Brier score of other probabilities for the same items, one a score of the tally. */
export function meanSquare({ goods, bads }: Tally, probabilities: Float64Array): number | null {
  let [total, items] = [0, 0];
  for (let block = 0; block < goods.length; block++) {
    const probability = probabilities[block] ?? 0;
    const [good, bad] = [goods[block] ?? 0, bads[block] ?? 0];
    total += good * (1 - probability) ** 2 + bad * probability ** 2;
    items += good + bad;
  }
  return items === 0 ? null : total / items;
}
