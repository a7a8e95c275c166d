import { rankOrder } from '../core/readingOrder.ts';
import type { RegionRank } from '../core/regionRank.ts';
import type { Engine } from '../engines/engine.ts';

/** A quick engine that looks at everything, where the engine itself is too slow to read more than a part. */
export interface Scout {
  readonly engine: Engine;
  /** Of the tokens of a long text or of many files, the part that the engine reads, in [0, 1]. */
  readonly share: number;
}

/** So much is read whatever the share: a file in view, a few seconds' work (docs/decisions/bundled-model.md). */
export const LEAST_READ_TOKENS = 4_000;

/**
 * The regions that the engine is to read, of all that the scout looked at: the riskiest, until their tokens make up the
 * share of all. The last of them may go over it.
 */
export function regionsToRead<Region>(
  looked: readonly Region[],
  rankOf: (region: Region) => RegionRank,
  { engine, share }: Scout,
  leastTokens = LEAST_READ_TOKENS,
): ReadonlySet<Region> {
  const ranked = looked.map((region) => ({ region, rank: rankOf(region) }));
  const total = ranked.reduce((sum, { rank }) => sum + rank.tokens, 0);
  const wanted = Math.max(share * total, leastTokens);
  const chosen = new Set<Region>();
  const inOrder = rankOrder(engine.name);
  let tokens = 0;
  for (const { region, rank } of ranked.sort((a, b) => inOrder(a.rank, b.rank))) {
    if (tokens >= wanted) break;
    chosen.add(region);
    tokens += rank.tokens;
  }
  return chosen;
}
