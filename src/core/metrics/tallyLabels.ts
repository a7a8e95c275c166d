import { CandorError } from '../candorError.ts';
import type { Ranking } from './rankScores.ts';

/**
 * What every metric here is computed from: how many items of each distinct score turned out good and bad.
 *
 * One convention holds for all of them. The label 1 is the good event, and a higher score speaks for it; a metric of
 * probabilities takes the score as the chance of the good event. Items of the same score are tied and never told apart by
 * the order in which they came. A resample is another tally of the same ranking, so a metric knows of no weights, and a
 * replicate costs O(n). A score may have no items. What cannot be had from a tally is null.
 */
export interface Tally {
  /** Rising. */
  readonly scores: Float64Array;
  readonly goods: Uint32Array;
  readonly bads: Uint32Array;
}

/**
 * Counts the labels at each score. O(n).
 *
 * @param labels one an item: 1 good, 0 bad
 * @param counts how often each item counts, as in a resample; once each when left out
 * @throws CandorError `bad-call` where lengths differ or a label is neither 0 nor 1
 */
export function tallyLabels({ scores, places }: Ranking, labels: Uint8Array, counts?: Uint32Array): Tally {
  if (labels.length !== places.length || (counts !== undefined && counts.length !== places.length)) {
    throw new CandorError('bad-call', 'Each score needs one label and one count: give arrays of the same length.');
  }
  const goods = new Uint32Array(scores.length);
  const bads = new Uint32Array(scores.length);
  let seenLabels = 0;
  for (let item = 0; item < places.length; item++) {
    const place = places[item] ?? 0;
    const label = labels[item] ?? 0;
    const count = counts === undefined ? 1 : (counts[item] ?? 0);
    const good = label * count;
    seenLabels |= label;
    goods[place] = (goods[place] ?? 0) + good;
    bads[place] = (bads[place] ?? 0) + count - good;
  }
  if (seenLabels > 1) throw new CandorError('bad-call', 'A label is neither 0 nor 1: give 1 for the good event.');
  return { scores, goods, bads };
}

/** How many items of a tally are good, and how many bad. */
export function tallyTotals({ goods, bads }: Tally): { readonly good: number; readonly bad: number } {
  let [good, bad] = [0, 0];
  for (let block = 0; block < goods.length; block++) {
    good += goods[block] ?? 0;
    bad += bads[block] ?? 0;
  }
  return { good, bad };
}
