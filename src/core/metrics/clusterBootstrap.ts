import { CandorError } from '../candorError.ts';
import { seededRandom, type SeededRandom } from '../seededRandom.ts';
import { quantile } from './quantile.ts';

/** Which items belong together. */
export interface Clusters {
  /** The number of each item's group, from 0, as `numberNames` gives them; a repository, say. */
  readonly groups: Uint32Array;
  /** The same for a second level inside the groups; a commit, say. The same number in two groups means two subgroups. */
  readonly subgroups?: Uint32Array;
}

/** What was drawn. The arrays are filled anew for the next replicate: keep none of them. */
export interface Resample {
  /** How often each item counts. */
  readonly counts: Uint32Array;
  /** How often each group was drawn. */
  readonly groupCounts: Uint32Array;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapSettings {
  readonly seed: number;
  readonly replicates?: number;
  /** Share of replicates between low and high, in (0, 1). */
  readonly level?: number;
}

/** Where a statistic cannot be had from more replicates than that, its interval would describe the lucky ones. */
const MOST_MISSING = 0.1;

/** A group and the ranges of its subgroups in `numbers`. */
interface Plan {
  /** The number of each item's innermost cluster. */
  readonly cellOf: Uint32Array;
  /** The innermost clusters of each group; a group that has no items has none. */
  readonly cellsOf: readonly (readonly number[])[];
  readonly cells: number;
}

/**
 * Percentile intervals of any statistics by drawing whole groups with replacement, as many as there are; with subgroups, each
 * group drawn then draws as many of its own subgroups, with replacement (two-level bootstrap). All statistics see the
 * same resamples, so give them together, differences included. With fewer than about 20 groups such intervals are too narrow.
 *
 * @param statistics the values for a resample, always as many and in the same order; null: cannot be had from it
 * @returns one interval a statistic; null where it could not be had from more than a tenth of the replicates, or where
 *   fewer than two groups have items (then resample what is inside the one: give its subgroups as groups)
 * @throws CandorError `bad-call` where lengths differ, a value is no finite number, or the settings are out of range
 */
export function clusterBootstrap(
  clusters: Clusters,
  statistics: (resample: Resample) => readonly (number | null)[],
  { seed, replicates = 200, level = 0.95 }: BootstrapSettings,
): readonly (Interval | null)[] {
  if (!(Number.isInteger(replicates) && replicates >= 1 && level > 0 && level < 1)) {
    throw new CandorError('bad-call', 'A bootstrap needs at least one replicate and a level between 0 and 1.');
  }
  const drawn: (number | null)[][] = [];
  for (const resample of resamples(clusters, seed, replicates)) {
    for (const [index, value] of statistics(resample).entries()) {
      if (value !== null && !Number.isFinite(value)) {
        throw new CandorError('bad-call', 'A statistic is no finite number: give null where it cannot be had.');
      }
      (drawn[index] ??= []).push(value);
    }
  }
  const hasGroups = new Set(clusters.groups).size >= 2;
  return drawn.map((values) => (hasGroups ? intervalOf(values, level) : null));
}

/** The resamples that `clusterBootstrap` draws, one after the other. */
export function* resamples(clusters: Clusters, seed: number, replicates: number): Generator<Resample> {
  const { cellOf, cellsOf, cells } = planOf(clusters);
  const drawable = Array.from(cellsOf.keys()).filter((group) => cellsOf[group]?.length);
  const random = seededRandom(seed);
  const counts = new Uint32Array(cellOf.length);
  const groupCounts = new Uint32Array(cellsOf.length);
  const cellCounts = new Uint32Array(cells);
  for (let replicate = 0; replicate < replicates; replicate++) {
    groupCounts.fill(0);
    cellCounts.fill(0);
    for (const group of drawFrom(drawable, random)) {
      groupCounts[group] = (groupCounts[group] ?? 0) + 1;
      for (const cell of drawFrom(cellsOf[group] ?? [], random)) cellCounts[cell] = (cellCounts[cell] ?? 0) + 1;
    }
    for (let item = 0; item < counts.length; item++) counts[item] = cellCounts[cellOf[item] ?? 0] ?? 0;
    yield { counts, groupCounts };
  }
}

function planOf({ groups, subgroups }: Clusters): Plan {
  if (subgroups !== undefined && subgroups.length !== groups.length) {
    throw new CandorError('bad-call', 'Each item needs a group and a subgroup: give two arrays of the same length.');
  }
  const cellsOf = Array.from(
    { length: groups.reduce((most, group) => Math.max(most, group + 1), 0) },
    (): number[] => [],
  );
  const numbers = new Map<string, number>();
  const cellOf = groups.map((group, item) => {
    const name = `${group} ${subgroups?.[item] ?? 0}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const cell = numbers.size;
    numbers.set(name, cell);
    cellsOf[group]?.push(cell);
    return cell;
  });
  return { cellOf, cellsOf, cells: numbers.size };
}

/** As many as there are, with replacement. */
function drawFrom(numbers: readonly number[], { uniform }: SeededRandom): readonly number[] {
  // One takes no draw, so that a single level uses none for its insides.
  if (numbers.length === 1) return numbers;
  return numbers.map(() => numbers[Math.floor(uniform() * numbers.length)] ?? 0);
}

function intervalOf(values: readonly (number | null)[], level: number): Interval | null {
  const known = values.filter((value) => value !== null);
  if (known.length < (1 - MOST_MISSING) * values.length) return null;
  const [low, high] = [quantile(known, (1 - level) / 2), quantile(known, (1 + level) / 2)];
  return low === null || high === null ? null : { low, high };
}
