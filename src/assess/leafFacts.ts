import type { LeafFacts } from '../core/findings/findingOfLeaf.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { Alternative } from '../core/words.ts';
import type { LeafReadings } from './leafReadings.ts';

/** What is known of a leaf, among what could stand in its place. */
export function leafFacts(
  spans: SpanTable,
  { surprisals }: LeafReadings,
  leaf: number,
  rivals: readonly Alternative[],
): LeafFacts {
  const span = spans.leaves[leaf] ?? 0;
  const [start, end] = [spans.starts[span] ?? 0, spans.ends[span] ?? 0];
  return { start, end, logprobNats: -surprisals.ofLeaves(leaf, leaf + 1), rivals };
}
