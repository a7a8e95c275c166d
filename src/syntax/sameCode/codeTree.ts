import { SPAN_FLAGS, type SpanTable } from '../../core/spanTable.ts';

/** A syntax tree with the text that it was parsed from. Nodes are indices of spans. */
export interface CodeTree {
  readonly text: string;
  readonly spans: SpanTable;
}

export function typeOf({ spans }: CodeTree, span: number): string {
  return spans.typeNames[spans.types[span] ?? 0] ?? '';
}

export function textOf({ spans, text }: CodeTree, span: number): string {
  return text.slice(spans.starts[span], spans.ends[span]);
}

/** The root is its own parent. */
export function parentOf({ spans }: CodeTree, span: number): number {
  return spans.parents[span] ?? 0;
}

export function hasFlag({ spans }: CodeTree, span: number, flag: keyof typeof SPAN_FLAGS): boolean {
  return ((spans.flags[span] ?? 0) & SPAN_FLAGS[flag]) !== 0;
}

/** Nodes directly in a node, without comments. */
export function childrenOf(tree: CodeTree, span: number): readonly number[] {
  const { subtreeEnds } = tree.spans;
  const children: number[] = [];
  const end = subtreeEnds[span] ?? 0;
  for (let child = span + 1; child < end; child = subtreeEnds[child] ?? end) {
    if (!hasFlag(tree, child, 'comment')) children.push(child);
  }
  return children;
}

/** What stands beside a node under the same parent, `distance` places on, comments not counted; -1 where nothing does. */
export function siblingOf(tree: CodeTree, span: number, distance: number): number {
  const siblings = childrenOf(tree, parentOf(tree, span));
  return siblings[siblings.indexOf(span) + distance] ?? -1;
}

/** Whether a node lies in another, or is it. */
export function isWithin({ spans }: CodeTree, span: number, holder: number): boolean {
  return span >= holder && span < (spans.subtreeEnds[holder] ?? 0);
}
