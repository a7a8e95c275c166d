import type { SpanTable } from '../core/spanTable.ts';

/** Types of the nodes from the root down to a span. */
export function typesToSpan(spans: SpanTable, span: number): readonly string[] {
  const types: string[] = [];
  for (let node = span; ; node = spans.parents[node] ?? 0) {
    types.push(spans.typeNames[spans.types[node] ?? 0] ?? '');
    if (node === 0) return types.reverse();
  }
}
