import type { LeafFacts } from '../core/findings/findingOfLeaf.ts';
import type { SpanTable } from '../core/spanTable.ts';
import { CATEGORIES, type Alternative } from '../core/words.ts';
import type { LeafReadings } from './leafReadings.ts';

/** What is known of a leaf, among what could stand in its place. */
export function leafFacts(
  { text, spans }: { readonly text: string; readonly spans: SpanTable },
  { surprisals }: LeafReadings,
  leaf: number,
  rivals: readonly Alternative[],
): LeafFacts {
  const span = spans.leaves[leaf] ?? 0;
  const [start, end] = [spans.starts[span] ?? 0, spans.ends[span] ?? 0];
  const isSign = SIGN.test(text.slice(start, end)) && !NAMES.has(spans.categories[span] ?? 0);
  return { start, end, logprobNats: -surprisals.ofLeaves(leaf, leaf + 1), rivals, isSign };
}

/** A word, which is a keyword or a truth value where it is no name, or a few signs. */
const SIGN = /^(?:[\p{L}_$]+|[^\s\p{L}\p{N}"'`]{1,4})$/u;

const NAMES: ReadonlySet<number> = new Set([CATEGORIES.indexOf('identifiers'), CATEGORIES.indexOf('types')]);
