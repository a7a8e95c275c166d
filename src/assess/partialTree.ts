import { NO_CATEGORY, SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { isPunctuation, type LeafCosts, type LeafRange } from './riskiestSpans.ts';

/** A node of a partial tree. What it holds lies in its children, in its fold and, where it is an end, in itself. */
export interface PartialNode {
  /** The span that says what it is. */
  readonly span: number;
  /** Its leaves within the region. */
  readonly leaves: LeafRange;
  /** Its part of what is spread over the region, in [0, 1]; never more than that of the node around it. */
  readonly share: number;
  /** In order of the text; none: an end of the tree. */
  readonly children: readonly PartialNode[];
  /** What is not shown beside the children; null where that is nothing. */
  readonly fold: Fold | null;
}

/** Nodes that are left out of a partial tree, put together. */
export interface Fold {
  /** The outermost of them. */
  readonly spans: readonly number[];
  readonly leafCount: number;
  /** Their part of the region's, gaps between them and the shown ones included, in [0, 1]. */
  readonly share: number;
}

/** A node with less of the region's cost is folded away, unless a mark may stand in it. */
const LEAST_SHARE = 0.1;

/** A child with so much of its parent's cost says the same of where to look. */
const NEARLY_ALL = 0.8;

/**
 * The tree of a region, kept to what matters: nodes that hold a share of what is spread over it, and those around them.
 * Programmers read a partial tree best (ASTrust, arXiv 2407.08983).
 *
 *     function_definition           function_definition
 *       name   (2 %)                  if_statement  70 %
 *       block                           operator <= 66 %
 *         if_statement ...              3 more
 *         expression_statement  ==>   return_statement 20 %
 *         expression_statement        4 more, 10 % together
 *         return_statement
 *
 * A node and its only child with the same leaves are one, and a node that only leads to others, the block above, is passed over. Takes
 * time by the region's nodes; the depth of what comes out is bounded, whatever that of the tree is.
 *
 * @param chosen spans that are shown whatever they cost: those that marks may stand on
 */
export function partialTree(
  table: SpanTable,
  costs: LeafCosts,
  region: LeafRange,
  chosen: readonly number[],
): PartialNode {
  return grow({ table, costs, region, chosen }, spanAround(table, region));
}

interface Within {
  readonly table: SpanTable;
  readonly costs: LeafCosts;
  readonly region: LeafRange;
  readonly chosen: readonly number[];
}

function grow(within: Within, outermost: number): PartialNode {
  const { costs } = within;
  const leaves = leavesOf(within, outermost);
  const folded: number[] = [];
  let span = outermost;
  let parts = partsOf(within, outermost);
  for (;;) {
    const only = parts.shown.length === 1 ? parts.shown[0] : undefined;
    if (only === undefined) break;
    const inner = partsOf(within, only);
    const isWrapped = countOf(leavesOf(within, only)) === countOf(leaves);
    if (!isWrapped && !leadsOn(within, only, inner, leaves)) break;
    folded.push(...parts.hidden);
    if (saysMore(within, only, span, isWrapped)) span = only;
    parts = inner;
  }
  const isEnd = parts.shown.length === 0;
  const children = parts.shown.map((child) => grow(within, child));
  if (!isEnd) folded.push(...parts.hidden);
  return {
    span,
    leaves,
    share: costs.shareOfCost(costOf(within, leaves)),
    children,
    fold: folded.length === 0 ? null : foldOf(within, leaves, children, folded),
  };
}

function foldOf(within: Within, leaves: LeafRange, children: readonly PartialNode[], spans: readonly number[]): Fold {
  const shown = children.reduce((sum, child) => sum + costOf(within, child.leaves), 0);
  return {
    spans,
    leafCount: countOf(leaves) - children.reduce((sum, child) => sum + countOf(child.leaves), 0),
    share: within.costs.shareOfCost(Math.max(0, costOf(within, leaves) - shown)),
  };
}

/** Whether a node is nothing but the way to those inside it, which hold nearly all of what its parent holds. */
function leadsOn(within: Within, only: number, inner: Parts, around: LeafRange): boolean {
  if (inner.shown.length === 0 || within.chosen.includes(only)) return false;
  return costOf(within, leavesOf(within, only)) >= NEARLY_ALL * costOf(within, around);
}

/** Of two nodes that are shown as one: a function says more than all else, and something of a category more than something of none. */
function saysMore({ table }: Within, inner: number, outer: number, isWrapped: boolean): boolean {
  if (isFunction(table, outer)) return false;
  if (isFunction(table, inner)) return true;
  return hasCategory(table, inner) && (isWrapped || !hasCategory(table, outer));
}

/** The children of a node that have leaves in the region. */
interface Parts {
  readonly shown: readonly number[];
  readonly hidden: readonly number[];
}

function partsOf(within: Within, span: number): Parts {
  const { subtreeEnds } = within.table;
  const shown: number[] = [];
  const hidden: number[] = [];
  const end = subtreeEnds[span] ?? 0;
  for (let child = span + 1; child < end; child = subtreeEnds[child] ?? end) {
    if (countOf(leavesOf(within, child)) > 0) (isShown(within, child) ? shown : hidden).push(child);
  }
  return { shown, hidden };
}

function isShown(within: Within, span: number): boolean {
  const { table, costs, chosen } = within;
  const { firstLeaf, endLeaf } = leavesOf(within, span);
  const holds = (other: number): boolean =>
    firstLeaf <= (table.leafStarts[other] ?? 0) && (table.leafEnds[other] ?? 0) <= endLeaf;
  if (chosen.some(holds)) return true;
  return !isPunctuation(table, span) && costs.shareOfCost(costs.ofLeaves(firstLeaf, endLeaf)) >= LEAST_SHARE;
}

/** The smallest span around a region and, of those with the same leaves, the outermost. */
function spanAround(table: SpanTable, { firstLeaf, endLeaf }: LeafRange): number {
  const { parents, leafStarts, leafEnds } = table;
  const from = (span: number): number => leafStarts[span] ?? 0;
  const to = (span: number): number => leafEnds[span] ?? 0;
  let span = table.leaves[firstLeaf] ?? 0;
  while (span !== 0 && (from(span) > firstLeaf || to(span) < endLeaf)) span = parents[span] ?? 0;
  for (;;) {
    const parent = parents[span] ?? 0;
    if (span === 0 || from(parent) !== from(span) || to(parent) !== to(span)) return span;
    span = parent;
  }
}

function leavesOf({ table, region }: Within, span: number): LeafRange {
  const firstLeaf = Math.max(region.firstLeaf, table.leafStarts[span] ?? 0);
  return { firstLeaf, endLeaf: Math.max(firstLeaf, Math.min(region.endLeaf, table.leafEnds[span] ?? 0)) };
}

function costOf({ costs }: Within, { firstLeaf, endLeaf }: LeafRange): number {
  return firstLeaf < endLeaf ? costs.ofLeaves(firstLeaf, endLeaf) : 0;
}

function countOf({ firstLeaf, endLeaf }: LeafRange): number {
  return endLeaf - firstLeaf;
}

function hasCategory(table: SpanTable, span: number): boolean {
  return table.categories[span] !== NO_CATEGORY;
}

function isFunction(table: SpanTable, span: number): boolean {
  return ((table.flags[span] ?? 0) & SPAN_FLAGS.function) !== 0;
}
