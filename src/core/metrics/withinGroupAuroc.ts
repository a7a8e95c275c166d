import { auroc } from './auroc.ts';
import type { Resample } from './clusterBootstrap.ts';
import type { GroupedRanking } from './rankWithinGroups.ts';
import { tallyLabels } from './tallyLabels.ts';

export interface WithinGroupAuroc {
  /** Mean over the groups, in [0, 1]; null where no group has both labels. */
  readonly auroc: number | null;
  /** How many groups have both labels and so count. */
  readonly groups: number;
}

/**
 * How well scores tell good from bad inside a group: the AUROC of each group that has both labels, averaged with all groups
 * alike, whatever their size. What tells one group from another earns nothing here.
 *
 * @param resample counts of items and of groups: a group that was drawn twice counts twice. In a resample of two levels
 *   the draws of such a group are merged before its AUROC is taken.
 * @throws CandorError `bad-call` where lengths differ or a label is neither 0 nor 1
 */
export function withinGroupAuroc(
  { ranking, groupEnds }: GroupedRanking,
  labels: Uint8Array,
  resample?: Resample,
): WithinGroupAuroc {
  const tally = tallyLabels(ranking, labels, resample?.counts);
  let [total, weight, groups, from] = [0, 0, 0, 0];
  for (let group = 0; group < groupEnds.length; group++) {
    const to = groupEnds[group] ?? 0;
    const value = auroc(tally, from, to);
    from = to;
    const count = resample === undefined ? 1 : (resample.groupCounts[group] ?? 0);
    if (value === null || count === 0) continue;
    total += count * value;
    weight += count;
    groups += 1;
  }
  return { auroc: weight === 0 ? null : total / weight, groups };
}
