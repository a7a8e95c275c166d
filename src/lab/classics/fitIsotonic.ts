import { poolAdjacentViolators } from '../../core/metrics/poolAdjacentViolators.ts';
import { type CalibrationMap, checkLabelled, ofScore } from './calibrationMap.ts';
import { groupByScore, placeOf } from './scoreGroups.ts';

/**
 * Isotonic regression: the rising steps nearest to the labels in least squares, straight lines between the scores seen,
 * the nearest fit beyond them; what scikit-learn's `IsotonicRegression(out_of_bounds='clip')` does. Says 0 and 1 outright
 * where the ends are pure. Zadrozny and Elkan, KDD 2002. Not for few labels.
 */
export function fitIsotonic(scores: Float64Array, labels: Uint8Array): CalibrationMap {
  checkLabelled(scores, labels);
  const groups = groupByScore(scores, labels);
  const fit = poolAdjacentViolators(
    groups.goods.map((goods, index) => goods / (groups.counts[index] ?? 1)),
    groups.counts,
  );
  return ofScore((score) => {
    const place = placeOf(groups.scores, score);
    const [left, right] = [fit[place - 1], fit[place]];
    if (left === undefined) return right ?? 0;
    if (right === undefined) return left;
    const [from, to] = [groups.scores[place - 1] ?? 0, groups.scores[place] ?? 1];
    return left + ((right - left) * (score - from)) / (to - from);
  });
}
