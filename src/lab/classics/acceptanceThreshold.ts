import { checkLabelled } from './calibrationMap.ts';
import { groupByScore } from './scoreGroups.ts';

/** Whether a set of accepted items may be accepted, by how many there are and how many of them are bad. */
export type AcceptanceRule = (accepted: number, errors: number) => boolean;

/**
 * Takes the accepted set's error share at its word: errors <= alpha accepted. Best on the very items it was chosen on, so
 * on new ones it exceeds alpha about every second time.
 *
 * @param maxRisk alpha, above 0 and below 1: the share of the accepted that may be bad
 */
export function plainRule(maxRisk: number): AcceptanceRule {
  return (accepted, errors) => errors <= maxRisk * accepted;
}

/**
 * SCOPE's finite-sample rule: the sum over the accepted of (error - alpha) is at most -1, that is errors + 1 <= alpha
 * accepted. Holds the error share at alpha *on average* over data sets; a single one may exceed it.
 *
 * @param maxRisk alpha, above 0 and below 1
 */
export function scopeRule(maxRisk: number): AcceptanceRule {
  return (accepted, errors) => errors + 1 <= maxRisk * accepted;
}

/**
 * The lowest score from which on the rule allows to accept, among the scores seen: accept an item whose score is at least
 * that. Items of equal score are accepted together. `null` where the rule allows nothing: then accept nothing.
 *
 * Any lower threshold counts, also below one that the rule forbids: no path of tests is walked, so nothing is guaranteed
 * beyond what the rule itself says.
 */
export function acceptanceThreshold(scores: Float64Array, labels: Uint8Array, rule: AcceptanceRule): number | null {
  checkLabelled(scores, labels);
  const groups = groupByScore(scores, labels);
  let threshold: number | null = null;
  let [accepted, errors] = [0, 0];
  for (const [index, score] of [...groups.scores.entries()].reverse()) {
    const count = groups.counts[index] ?? 0;
    accepted += count;
    errors += count - (groups.goods[index] ?? 0);
    if (rule(accepted, errors)) threshold = score;
  }
  return threshold;
}
