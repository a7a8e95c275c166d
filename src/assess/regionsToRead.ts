import { readingOrder } from '../core/readingOrder.ts';
import type { Assessment } from '../core/words.ts';
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
export function regionsToRead(
  looked: readonly Assessment[],
  { engine, share }: Scout,
  leastTokens = LEAST_READ_TOKENS,
): ReadonlySet<Assessment> {
  const total = looked.reduce((sum, assessment) => sum + tokensOf(assessment), 0);
  const wanted = Math.max(share * total, leastTokens);
  const chosen = new Set<Assessment>();
  let tokens = 0;
  for (const assessment of looked.toSorted(readingOrder(engine.name))) {
    if (tokens >= wanted) break;
    chosen.add(assessment);
    tokens += tokensOf(assessment);
  }
  return chosen;
}

/** Tokens of code; comments and layout are not counted. */
export function tokensOf({ evidence }: Assessment): number {
  return evidence.signals.tokenCount ?? 0;
}
