import { isDocumentation, type SpanTable } from '../core/spanTable.ts';
import { firstVisible } from './whiteSpace.ts';

/** Which tokens lie in which spans, and the leaf that answers for each token. */
export interface TokenAlignment {
  /** By span: the first token that overlaps it. */
  readonly firstTokens: Uint32Array;
  /** By span: the index after the last token that overlaps it; equal to the first for a span without width. */
  readonly endTokens: Uint32Array;
  /** By token: ordinal, in `spans.leaves`, of the leaf with its first visible character; -1: none, in a comment or in documentation. */
  readonly chargedLeaves: Int32Array;
}

/**
 * Lays tokens on a tree. A token [a, b) binds to every span [s, e) that it overlaps, max(a, s) < min(b, e), inner spans
 * and outer ones alike (ASTxplainer, arXiv 2308.03873); a span without width binds to nothing.
 *
 *     text       f o o ( b a r )
 *     tokens    |0    |1  |2    |           `(b` is one token, and so is `ar)`
 *     foo        0 ..1                      spans open with rising starts: the first token only moves on
 *     (bar)            1 ........3
 *     bar                1 ....3            spans close with rising ends: so does the end, in the order of closing
 *
 * So one sweep with two pointers is enough: time grows with spans plus tokens. Because bound tokens may be shared by
 * neighbouring leaves, each token is also *charged* to one leaf, so that costs can be added up.
 *
 * `tokenEnds`: end of each token in UTF-16 units, rising, the last one the length of `text`; tokens tile the text.
 */
export function alignTokens(spans: SpanTable, text: string, tokenEnds: Uint32Array): TokenAlignment {
  const { length, starts, ends, parents, subtreeEnds } = spans;
  const tokenCount = tokenEnds.length;
  const firstTokens = new Uint32Array(length);
  const endTokens = new Uint32Array(length);

  let first = 0; // The first token that ends after the start of the span that opens.
  let end = 0; // The first token that starts at or after the end of the span that closes.
  function close(span: number): void {
    const spanEnd = ends[span] ?? 0;
    if (starts[span] === spanEnd) {
      endTokens[span] = firstTokens[span] ?? 0;
      return;
    }
    while (end < tokenCount && (end === 0 || (tokenEnds[end - 1] ?? 0) < spanEnd)) end++;
    endTokens[span] = end;
  }

  let open = 0; // The innermost span that is still open.
  for (let span = 0; span < length; span++) {
    while (open !== 0 && (subtreeEnds[open] ?? 0) <= span) {
      close(open);
      open = parents[open] ?? 0;
    }
    const start = starts[span] ?? 0;
    while (first < tokenCount && (tokenEnds[first] ?? 0) <= start) first++;
    firstTokens[span] = first;
    open = span;
  }
  for (; open !== 0; open = parents[open] ?? 0) close(open);
  if (length > 0) close(0);

  return { firstTokens, endTokens, chargedLeaves: chargeTokens(spans, text, tokenEnds) };
}

/** By token: the leaf of code that holds its first visible character, or -1. */
function chargeTokens(spans: SpanTable, text: string, tokenEnds: Uint32Array): Int32Array {
  const { starts, ends, leaves } = spans;
  const chargedLeaves = new Int32Array(tokenEnds.length).fill(-1);
  let leaf = 0;
  let tokenStart = 0;
  for (let token = 0; token < tokenEnds.length; token++) {
    const tokenEnd = tokenEnds[token] ?? 0;
    const visible = firstVisible(text, tokenStart, tokenEnd);
    tokenStart = tokenEnd;
    if (visible === tokenEnd) continue;
    while (leaf < leaves.length && (ends[leaves[leaf] ?? 0] ?? 0) <= visible) leaf++;
    if (leaf >= leaves.length || (starts[leaves[leaf] ?? 0] ?? 0) > visible) continue;
    if (!isDocumentation(spans, leaf)) chargedLeaves[token] = leaf;
  }
  return chargedLeaves;
}
