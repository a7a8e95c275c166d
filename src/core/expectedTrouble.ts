import type { Assessment } from './words.ts';

/** Tokens that finding one's way to a region costs a reader, whatever its length: some five lines (docs/decisions/review-queue.md). */
const ARRIVAL_TOKENS = 50;

/**
 * What reading a region is expected to find for the effort: (1 - p) / (tokens + 50). Read in falling order of it, regions give the
 * most trouble found for what was read so far, as things of value and weight do in a knapsack.
 *
 * @returns at least 0, in regions that need a change per token read; null for a region without a judgement: what nobody knows is no
 * expectation
 */
export function expectedTroublePerToken({
  judgement,
  evidence,
}: Pick<Assessment, 'judgement' | 'evidence'>): number | null {
  const { tokenCount } = evidence.signals;
  if (judgement === null || tokenCount === undefined) return null;
  return (1 - judgement.p) / (tokenCount + ARRIVAL_TOKENS);
}
