import { CandorError } from '../candorError.ts';
import { rankScores, type Ranking } from './rankScores.ts';

/** Items in the order of their groups, and of their scores in each. */
export interface GroupedRanking {
  /** Its scores rise only inside a group: of use only run by run. */
  readonly ranking: Ranking;
  /** Where in `ranking.scores` those of each group end; a group may be empty. */
  readonly groupEnds: Uint32Array;
}

/**
 * Sorts items by score in each group. O(n log n).
 *
 * @param groups the number of each item's group, from 0
 * @throws CandorError `bad-call` where lengths differ or a score is no number
 */
export function rankWithinGroups(scores: Float64Array, groups: Uint32Array): GroupedRanking {
  if (scores.length !== groups.length) {
    throw new CandorError('bad-call', 'Each score needs one group: give two arrays of the same length.');
  }
  const overall = rankScores(scores);
  const distinct = overall.scores.length;
  // A key sorts by the group and then by the score, and tells both.
  const keys = Float64Array.from(overall.places, (place, item) => (groups[item] ?? 0) * distinct + place);
  const { scores: risingKeys, places } = rankScores(keys);
  const groupEnds = new Uint32Array(groups.reduce((most, group) => Math.max(most, group + 1), 0));
  for (const [place, key] of risingKeys.entries()) groupEnds[Math.floor(key / distinct)] = place + 1;
  for (let group = 1; group < groupEnds.length; group++) {
    groupEnds[group] = Math.max(groupEnds[group] ?? 0, groupEnds[group - 1] ?? 0);
  }
  return { ranking: { scores: risingKeys.map((key) => overall.scores[key % distinct] ?? 0), places }, groupEnds };
}
