import { CandorError } from '../candorError.ts';
import { studentReach } from '../metrics/studentReach.ts';
import { INTERVAL_LEVEL } from '../risk/judgeRegion.ts';

/** What some items of one group add up to. */
export interface Part {
  /** What shares its luck: a file, a commit. */
  readonly group: string;
  readonly sum: number;
  /** How many items were added up, at least 0. */
  readonly count: number;
}

/** A mean, and the interval that holds it with a chance of `level`. */
export interface ClusterMean {
  readonly mean: number;
  /** null: there is one group alone, which says nothing of how groups differ. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  /** Items. */
  readonly count: number;
  readonly groups: number;
}

/**
 * The mean of items that come in groups, as the code of one file does: sum of all / count of all, with Student's t over what each
 * group leaves unexplained (the linearised ratio, Cochran 1977, 6.4), so that many items of few groups do not look like
 * much knowledge. Degrees of freedom: groups less one. Where all groups have one and the same mean the interval has no width, which
 * few groups do by chance.
 *
 *     variance = G / (G - 1)  sum over groups of (sum - mean count)^2  /  (count of all)^2
 *
 * @param parts any number for each group
 * @returns null where there is no item
 * @throws CandorError `bad-call` where a number is not finite, or a count is negative
 */
export function clusterMean(parts: readonly Part[], level = INTERVAL_LEVEL): ClusterMean | null {
  if (!parts.every(({ sum, count }) => Number.isFinite(sum) && Number.isFinite(count) && count >= 0)) {
    throw new CandorError('bad-call', 'A mean needs finite sums and counts: leave out what is unknown.');
  }
  const counted = parts.filter(({ count }) => count > 0);
  if (counted.length === 0) return null;
  const groups = Array.from(Map.groupBy(counted, ({ group }) => group).values(), (own) =>
    own.reduce((total, part) => ({ sum: total.sum + part.sum, count: total.count + part.count }), NOTHING),
  );
  const all = groups.reduce((total, part) => ({ sum: total.sum + part.sum, count: total.count + part.count }), NOTHING);
  const mean = all.sum / all.count;
  return { mean, interval: intervalOf(groups, mean, all.count, level), count: all.count, groups: groups.length };
}

const NOTHING = { sum: 0, count: 0 };

function intervalOf(
  groups: readonly Omit<Part, 'group'>[],
  mean: number,
  count: number,
  level: number,
): ClusterMean['interval'] {
  const freedom = groups.length - 1;
  if (freedom < 1) return null;
  const squares = groups.reduce((total, part) => total + (part.sum - mean * part.count) ** 2, 0);
  const reach = (studentReach(freedom, level) * Math.sqrt((groups.length / freedom) * squares)) / count;
  return { low: mean - reach, high: mean + reach, level };
}
