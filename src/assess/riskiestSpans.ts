import { NO_CATEGORY, SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';

/** Leaves by their ordinals: firstLeaf .. endLeaf-1. */
export interface LeafRange {
  readonly firstLeaf: number;
  readonly endLeaf: number;
}

export interface SpanChoice {
  /** Index of the span. */
  readonly span: number;
  /** The leaf that made it stand out, as an index into `leaves`. */
  readonly leaf: number;
  /** Its part of what is spread over the region, in [0, 1]. */
  readonly share: number;
}

/** What is spread over the leaves of a region, surprisal or risk: at least 0, and added up over what a span holds. */
export interface LeafCosts {
  /** Of the leaves firstLeaf .. endLeaf-1. */
  readonly ofLeaves: (firstLeaf: number, endLeaf: number) => number;
  /** Of a span, its part of the region's, in [0, 1]. */
  readonly shareOfSpan: (span: number) => number;
  /** What a cost is of the region's, in [0, 1]: that of a span for its cost. */
  readonly shareOfCost: (cost: number) => number;
  /** A leaf below this makes nothing stand out, and no mark begins there. */
  readonly leastOfLeaf: number;
}

/** A mark is read at a glance, so it covers a few leaves at most. */
const MAX_LEAVES = 12;

/** Leaves beside the costliest one must on average cost this part of it, or the mark stays with it alone. */
const MIN_MEAN_TO_PEAK = 0.5;

/**
 * The few spans that carry a region's cost: from the costliest leaves upwards, the smallest whole nodes.
 *
 *     order.total <= limit            leaf costs      0.3  0.1  0.9  6.2  1.1
 *     [order.total] [<=] [limit]      chosen: <=      (the comparison's mean, 1.7, is less than half of 6.2)
 *
 * A leaf's node grows while what it takes in is about as surprising as the leaf; layout punctuation, which means nothing
 * alone, stands for the node around it. Chosen spans do not overlap.
 *
 * @returns costliest first
 */
export function riskiestSpans(
  table: SpanTable,
  costs: LeafCosts,
  region: LeafRange,
  count: number,
): readonly SpanChoice[] {
  const costOf = (leaf: number): number => costs.ofLeaves(leaf, leaf + 1);
  const costlyLeaves = Array.from({ length: region.endLeaf - region.firstLeaf }, (_, index) => region.firstLeaf + index)
    .filter((leaf) => costOf(leaf) >= costs.leastOfLeaf)
    .sort((a, b) => costOf(b) - costOf(a));
  const chosen: (SpanChoice & { readonly cost: number })[] = [];
  for (const leaf of costlyLeaves) {
    if (chosen.length === count) break;
    const isTaken = (span: number): boolean => chosen.some((other) => overlap(table, span, other.span));
    if (isTaken(table.leaves[leaf] ?? 0)) continue;
    const span = growAround(table, costs, leaf, region, isTaken);
    chosen.push({ span, leaf, share: costs.shareOfSpan(span), cost: costOfSpan(table, costs, span) });
  }
  return chosen.sort((a, b) => b.cost - a.cost).map(({ span, leaf, share }) => ({ span, leaf, share }));
}

/** The node that a leaf's mark grows to; it stays inside the region and off the spans that are taken. */
function growAround(
  table: SpanTable,
  costs: LeafCosts,
  leaf: number,
  region: LeafRange,
  isTaken: (span: number) => boolean,
): number {
  const peak = costs.ofLeaves(leaf, leaf + 1);
  let marked = table.leaves[leaf] ?? 0;
  let span = marked;
  for (;;) {
    const parent = table.parents[span] ?? span;
    const from = table.leafStarts[parent] ?? 0;
    const to = table.leafEnds[parent] ?? 0;
    // The root is the whole text, which says nothing about where to look.
    if (parent === 0 || from < region.firstLeaf || to > region.endLeaf || to - from > MAX_LEAVES) return marked;
    const mean = costs.ofLeaves(from, to) / (to - from);
    if (isTaken(parent) || (!isPunctuation(table, span) && mean < MIN_MEAN_TO_PEAK * peak)) return marked;
    // A wrapper with the same leaves says more only where the node inside has no category: `class C {}` is no program.
    const isWrapper = from === table.leafStarts[marked] && to === table.leafEnds[marked];
    if (!isWrapper || table.categories[marked] === NO_CATEGORY) marked = parent;
    span = parent;
  }
}

function costOfSpan(table: SpanTable, costs: LeafCosts, span: number): number {
  return costs.ofLeaves(table.leafStarts[span] ?? 0, table.leafEnds[span] ?? 0);
}

/** Brackets, separators and quotes: neither named nor of any category. */
export function isPunctuation(table: SpanTable, span: number): boolean {
  return ((table.flags[span] ?? 0) & SPAN_FLAGS.named) === 0 && table.categories[span] === NO_CATEGORY;
}

function overlap(table: SpanTable, a: number, b: number): boolean {
  return (table.leafStarts[a] ?? 0) < (table.leafEnds[b] ?? 0) && (table.leafStarts[b] ?? 0) < (table.leafEnds[a] ?? 0);
}
