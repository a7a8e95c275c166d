import { CandorError } from '../candorError.ts';

/** Items in the order of their scores: sorted once, tallied as often as one likes. */
export interface Ranking {
  /** The distinct scores, rising. */
  readonly scores: Float64Array;
  /** Where in `scores` the score of each item stands. */
  readonly places: Uint32Array;
}

/**
 * Sorts items by score. O(n log n).
 *
 * @param scores one an item; higher speaks for the good event, so a signal that speaks against it is to be negated first.
 *   Infinite ones are fine where only their order matters.
 * @throws CandorError `bad-call` on a score that is no number: an item without a score is to be left out
 */
export function rankScores(scores: Float64Array): Ranking {
  const sorted = scores.slice().sort();
  // Sorting puts them last.
  if (Number.isNaN(sorted.at(-1))) {
    throw new CandorError('bad-call', 'A score is no number: leave out the items that have none.');
  }
  const distinct = sorted.filter((score, index) => index === 0 || score !== sorted[index - 1]);
  return { scores: distinct, places: Uint32Array.from(scores, (score) => placeOf(score, distinct)) };
}

/** Where a number stands among rising ones, of which it is one. */
function placeOf(score: number, rising: Float64Array): number {
  let [low, high] = [0, rising.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}
