import { poolAdjacentViolators } from '../../core/metrics/poolAdjacentViolators.ts';
import { checkLabelled, ofScore } from './calibrationMap.ts';
import { groupByScore, placeOf, type ScoreGroups } from './scoreGroups.ts';

/**
 * What Venn-Abers says of one score: `p0 <= p1`, one of which is calibrated (the one whose label comes true), and the
 * point `p1 / (1 - p0 + p1)` between them, which minimises the worst regret in log loss. All in [0, 1].
 *
 * `p0` to `p1` is NO interval for the true probability: it covers that in fewer than half of the cases, and in fewer the
 * more data there are. Its width only says how little data there is. Never show the two as low and high.
 */
export interface VennAbersPrediction {
  readonly p0: number;
  readonly p1: number;
  readonly point: number;
}

/**
 * Inductive Venn-Abers prediction: `p0` (`p1`) is the isotonic fit at the score once the item itself has joined the data
 * with label 0 (1). Valid when the item and the data are exchangeable; scores must come from elsewhere than the data.
 * Vovk and Petej, arXiv 1211.0025; Vovk, Petej and Fedorova, arXiv 1511.00213.
 *
 * Fits twice a question, O(n) each: the bench asks few questions of small data.
 */
export function fitVennAbers(scores: Float64Array, labels: Uint8Array): (score: number) => VennAbersPrediction {
  checkLabelled(scores, labels);
  const groups = groupByScore(scores, labels);
  return ofScore((score) => {
    const p0 = fitWith(groups, score, 0);
    const p1 = fitWith(groups, score, 1);
    return { p0, p1, point: p1 / (1 - p0 + p1) };
  });
}

/** The isotonic fit at `score` when one more item has that score and this label. */
function fitWith({ scores, counts, goods }: ScoreGroups, score: number, label: 0 | 1): number {
  const place = placeOf(scores, score);
  const rest = scores[place] === score ? place + 1 : place;
  const ownCount = 1 + (rest > place ? (counts[place] ?? 0) : 0);
  const ownGoods = label + (rest > place ? (goods[place] ?? 0) : 0);
  const weights = inserted(counts, place, rest, ownCount);
  const means = inserted(goods, place, rest, ownGoods).map((sum, index) => sum / (weights[index] ?? 1));
  return poolAdjacentViolators(means, weights)[place] ?? 0;
}

/** `column` with `value` in place of what stands from `place` to `rest`. */
function inserted(column: Float64Array, place: number, rest: number, value: number): Float64Array {
  const longer = new Float64Array(column.length + 1 - (rest - place));
  longer.set(column.subarray(0, place));
  longer[place] = value;
  longer.set(column.subarray(rest), place + 1);
  return longer;
}
