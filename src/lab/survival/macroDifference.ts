import { seededRandom } from '../../core/seededRandom.ts';

export interface Gain {
  readonly repository: string;
  readonly landing: string;
  readonly gainNats: number;
}

export interface MacroDifference {
  /** Mean over repositories of the mean over their regions. */
  readonly mean: number;
  /** 95 % interval, by drawing repositories with replacement and, in each, its landings. */
  readonly low: number;
  readonly high: number;
  readonly repositories: number;
  readonly regions: number;
}

const DRAWS = 2_000;
const FEWEST_REGIONS = 20;

interface Sum {
  readonly total: number;
  readonly count: number;
}

/**
 * How much better one of two forecasters was, repositories counting alike whatever their size.
 *
 * @param gains one a region: above 0 where the first did better
 * @returns null where no repository has 20 regions
 */
export function macroDifference(gains: readonly Gain[], seed: number): MacroDifference | null {
  const repositories = [...Map.groupBy(gains, ({ repository }) => repository).values()]
    .filter((regions) => regions.length >= FEWEST_REGIONS)
    .map((regions) => [...Map.groupBy(regions, ({ landing }) => landing).values()].map(sumOf));
  if (repositories.length === 0) return null;
  const { uniform } = seededRandom(seed);
  const drawFrom = <Item>(items: readonly Item[]): Item[] =>
    items.flatMap(() => items.slice(Math.floor(uniform() * items.length)).slice(0, 1));
  const means = Array.from({ length: DRAWS }, () => macroMean(drawFrom(repositories).map(drawFrom))).sort(
    (a, b) => a - b,
  );
  return {
    mean: macroMean(repositories),
    low: means[Math.floor(0.025 * DRAWS)] ?? Number.NaN,
    high: means[Math.ceil(0.975 * DRAWS) - 1] ?? Number.NaN,
    repositories: repositories.length,
    regions: repositories.flat().reduce((count, sum) => count + sum.count, 0),
  };
}

function sumOf(regions: readonly Gain[]): Sum {
  return { total: regions.reduce((sum, { gainNats }) => sum + gainNats, 0), count: regions.length };
}

function macroMean(repositories: readonly (readonly Sum[])[]): number {
  const means = repositories.map((landings) => {
    const count = landings.reduce((sum, landing) => sum + landing.count, 0);
    return landings.reduce((sum, landing) => sum + landing.total, 0) / count;
  });
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}
