import { regionRank, type RegionRank } from './regionRank.ts';
import type { Assessment } from './words.ts';

/** By what regions come where they are judged. */
export const RISK_ORDER = 'risk';

/**
 * Which of two regions to read first: of two that were judged the one that is less likely to go well, of two that were not the one
 * whose least likely token is less likely. Numbers of two engines do not compare, so what the `engine` judged comes before
 * what only another one did; then what a comment keeps quiet; what was not scored comes last.
 *
 * @param engine name of the report's engine, as in its Source
 */
export function readingOrder(engine: string): (a: Assessment, b: Assessment) => number {
  const inOrder = rankOrder(engine);
  return (a, b) => inOrder(regionRank(a), regionRank(b));
}

/** The same order, of what it needs to know. */
export function rankOrder(engine: string): (a: RegionRank, b: RegionRank) => number {
  const groupOf = (rank: RegionRank): number => {
    if (rank.leastNats === null) return 5;
    if (rank.isQuiet) return 4;
    return 2 * Number(rank.engine !== engine) + Number(rank.p === null);
  };
  const numberOf = ({ p, leastNats }: RegionRank): number => p ?? leastNats ?? 0;
  return (a, b) => groupOf(a) - groupOf(b) || numberOf(a) - numberOf(b);
}
