import { SPAN_FLAGS, type SpanTable } from '../../core/spanTable.ts';
import type { LanguageId } from '../../syntax/languages.ts';

/** A syntax tree with the text that it was parsed from, for questions about its nodes. Nodes are indices of spans. */
export interface SourceTree {
  readonly spans: SpanTable;
  readonly text: string;
  readonly language: LanguageId;
}

/** A function of a tree: the nodes firstSpan .. endSpan-1, the text [start, end). */
export interface FunctionSource extends SourceTree {
  readonly start: number;
  readonly end: number;
  readonly firstSpan: number;
  readonly endSpan: number;
}

export function typeOf({ spans }: SourceTree, span: number): string {
  return spans.typeNames[spans.types[span] ?? 0] ?? '';
}

export function textOf({ spans, text }: SourceTree, span: number): string {
  return text.slice(spans.starts[span] ?? 0, spans.ends[span] ?? 0);
}

export function startOf({ spans }: SourceTree, span: number): number {
  return spans.starts[span] ?? 0;
}

export function endOf({ spans }: SourceTree, span: number): number {
  return spans.ends[span] ?? 0;
}

/** The root is its own parent. */
export function parentOf({ spans }: SourceTree, span: number): number {
  return spans.parents[span] ?? 0;
}

export function isLeaf({ spans }: SourceTree, span: number): boolean {
  return hasFlag(spans, span, SPAN_FLAGS.leaf);
}

/** Whether the grammar has a name for it, unlike punctuation and keywords. */
export function isNamed({ spans }: SourceTree, span: number): boolean {
  return hasFlag(spans, span, SPAN_FLAGS.named);
}

export function isFunction({ spans }: SourceTree, span: number): boolean {
  return hasFlag(spans, span, SPAN_FLAGS.function);
}

/** Whether it is a node of one of these types that has others in it: keywords share their names with nodes (`if`). */
export function isNode(tree: SourceTree, span: number, types: ReadonlySet<string>): boolean {
  return types.has(typeOf(tree, span)) && !isLeaf(tree, span);
}

/** Nodes directly in a node, without comments. */
export function childrenOf({ spans }: SourceTree, span: number): readonly number[] {
  const children: number[] = [];
  const end = spans.subtreeEnds[span] ?? 0;
  for (let child = span + 1; child < end; child = spans.subtreeEnds[child] ?? end) {
    if (!hasFlag(spans, child, SPAN_FLAGS.comment)) children.push(child);
  }
  return children;
}

/** What stands beside a node under the same parent, `distance` places on; -1 where nothing does. */
export function siblingOf(tree: SourceTree, span: number, distance: number): number {
  const siblings = childrenOf(tree, parentOf(tree, span));
  const at = siblings.indexOf(span);
  return at === -1 ? -1 : (siblings[at + distance] ?? -1);
}

/** A node without the wrappers of these types around it: the one named node in each. */
export function unwrapped(tree: SourceTree, span: number, wrappers: ReadonlySet<string>): number {
  if (!wrappers.has(typeOf(tree, span))) return span;
  const children = childrenOf(tree, span);
  const named = children.filter((child) => isNamed(tree, child));
  // `name: value` is no wrapper around one thing.
  if (named.length !== 1 || children.some((child) => textOf(tree, child) === ':')) return span;
  return unwrapped(tree, named[0] ?? span, wrappers);
}

/** Nodes that lie in a function, in order of the text, without comments and what the parser could not read. */
export function* nodesOf({ firstSpan, endSpan, spans }: FunctionSource): Generator<number> {
  for (let span = firstSpan; span < endSpan; span++) {
    const isWhole = (spans.subtreeEnds[span] ?? 0) <= endSpan;
    if (isWhole && !hasFlag(spans, span, SPAN_FLAGS.comment | SPAN_FLAGS.error)) yield span;
  }
}

/** Ordinal, in `spans.leaves`, of the first leaf that begins at or behind an offset; their number where none does. */
export function leafAt({ leaves, starts }: SpanTable, offset: number): number {
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[leaves[middle] ?? 0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Text of a leaf by its ordinal, '' where there is none. */
export function leafText(tree: SourceTree, ordinal: number): string {
  const span = tree.spans.leaves[ordinal];
  return span === undefined ? '' : textOf(tree, span);
}

/** Text of the last leaf before a node. */
export function leafBefore(tree: SourceTree, span: number): string {
  return leafText(tree, (tree.spans.leafStarts[span] ?? 0) - 1);
}

/** Text of the first leaf behind a node. */
export function leafBehind(tree: SourceTree, span: number): string {
  return leafText(tree, tree.spans.leafEnds[span] ?? 0);
}

function hasFlag(spans: SpanTable, span: number, flag: number): boolean {
  return ((spans.flags[span] ?? 0) & flag) !== 0;
}
