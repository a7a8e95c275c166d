import { SPAN_FLAGS, type SpanTable } from '../../core/spanTable.ts';

/** Reads a syntax tree node by node; nodes are indices into its table. */
export interface SpanReader {
  readonly spans: SpanTable;
  readonly text: string;
  typeOf(span: number): string;
  textOf(span: number): string;
  /** What the text has between two offsets. */
  between(start: number, end: number): string;
  startOf(span: number): number;
  endOf(span: number): number;
  /** Named children, without comments. */
  childrenOf(span: number): readonly number[];
  /** From the innermost to the root. */
  ancestorsOf(span: number): readonly number[];
  /** The first below a span, in order of the text, that is of one of these types and begins at `from` or later; -1 if none does. */
  firstBelow(span: number, types: ReadonlySet<string>, from?: number): number;
}

export function spanReader(spans: SpanTable, text: string): SpanReader {
  const typeOf = (span: number): string => spans.typeNames[spans.types[span] ?? 0] ?? '';
  const startOf = (span: number): number => spans.starts[span] ?? 0;
  const endOf = (span: number): number => spans.ends[span] ?? 0;
  return {
    spans,
    text,
    typeOf,
    startOf,
    endOf,
    textOf: (span) => text.slice(startOf(span), endOf(span)),
    between: (start, end) => text.slice(start, end),
    childrenOf(span) {
      const end = spans.subtreeEnds[span] ?? 0;
      const children: number[] = [];
      for (let child = span + 1; child < end; child = spans.subtreeEnds[child] ?? end) {
        const flags = spans.flags[child] ?? 0;
        if ((flags & SPAN_FLAGS.named) !== 0 && (flags & SPAN_FLAGS.comment) === 0) children.push(child);
      }
      return children;
    },
    ancestorsOf(span) {
      const ancestors: number[] = [];
      for (let at = span; at !== 0;) {
        at = spans.parents[at] ?? 0;
        ancestors.push(at);
      }
      return ancestors;
    },
    firstBelow(span, types, from = 0) {
      const end = spans.subtreeEnds[span] ?? 0;
      for (let below = span + 1; below < end; below++) {
        if (startOf(below) >= from && types.has(typeOf(below))) return below;
      }
      return -1;
    },
  };
}
