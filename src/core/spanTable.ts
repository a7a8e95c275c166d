/**
 * A syntax tree in flat typed arrays, in preorder, so that a worker can hand it over without copying.
 *
 *     index          0 [program
 *                    1   [call
 *                    2     [identifier]
 *                    3     [arguments
 *                    4       [(] ... ]]]
 *     subtreeEnds    a node's descendants are index+1 .. subtreeEnds[index]-1
 *     leafStarts     leaves below a node are leaves[leafStarts[index] .. leafEnds[index]-1]
 *
 * A *leaf* is a piece of the text that is neither comment nor layout. Where a grammar leaves visible text between the
 * children of a node (string contents, template text), that stretch is a leaf of its own with the node's type, so that
 * every visible character outside comments lies in exactly one leaf.
 */
export interface SpanTable {
  /** Name of the grammar, or `lines` for a text without one, where each line that is not blank is a leaf. */
  readonly language: string;
  readonly textLength: number;
  /** Number of spans. */
  readonly length: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Index of the parent; the root is its own parent. */
  readonly parents: Int32Array;
  /** Index after the last descendant. */
  readonly subtreeEnds: Uint32Array;
  /** Index into `typeNames`. */
  readonly types: Uint16Array;
  /** Index into CATEGORIES, or 255 for a node of no category. */
  readonly categories: Uint8Array;
  /** Bits of SPAN_FLAGS. */
  readonly flags: Uint8Array;
  /** First leaf below each span, as an index into `leaves`. */
  readonly leafStarts: Uint32Array;
  /** After the last leaf below each span. */
  readonly leafEnds: Uint32Array;
  /** Span index of each leaf, in text order. */
  readonly leaves: Uint32Array;
  /** For a declaration: span index of the node that names it; -1 elsewhere. */
  readonly nameSpans: Int32Array;
  readonly typeNames: readonly string[];
}

/** What is true of a span, one bit each. */
export const SPAN_FLAGS = {
  /** The grammar gives it a name of its own (`identifier`), unlike punctuation and keywords (`(`, `if`). */
  named: 1,
  leaf: 2,
  /** The parser could not make sense of this stretch. */
  error: 4,
  /** The parser put it in: it is not in the text, and has no width. */
  missing: 8,
  /** Comment, or inside one: masked. */
  comment: 16,
  /** A function, method, lambda or constructor. */
  function: 32,
  /** Text about code that the grammar has as code (a docstring), or inside one: leaves like others, but masked where code is judged. */
  documentation: 64,
} as const;

/** Stands in `SpanTable.categories` for a node of no category. */
export const NO_CATEGORY = 255;

/** Whether a leaf is text about code, by its ordinal. */
export function isDocumentation({ flags, leaves }: SpanTable, ordinal: number): boolean {
  return ((flags[leaves[ordinal] ?? 0] ?? 0) & SPAN_FLAGS.documentation) !== 0;
}
