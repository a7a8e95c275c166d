import { checkProbabilities } from './checkProbabilities.ts';
import { clipProbability } from './clipProbability.ts';
import type { Tally } from './tallyLabels.ts';

/**
 * The mean of -ln of the probability that was given to what happened, probabilities clipped to [1e-6, 1 - 1e-6]. Lower is
 * better.
 *
 * @returns in nats, from 0 to 13.8; null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function logLoss(tally: Tally): number | null {
  checkProbabilities(tally);
  const { scores, goods, bads } = tally;
  let [total, items] = [0, 0];
  for (let block = 0; block < scores.length; block++) {
    const [good, bad] = [goods[block] ?? 0, bads[block] ?? 0];
    const probability = clipProbability(scores[block] ?? 0);
    if (good > 0) total -= good * Math.log(probability);
    if (bad > 0) total -= bad * Math.log(1 - probability);
    items += good + bad;
  }
  return items === 0 ? null : total / items;
}
