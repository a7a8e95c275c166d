import { positionAt, type LineIndex, type Position } from '../core/lineIndex.ts';
import type { ScoredText } from '../core/scoredText.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { Alternative, Source } from '../core/words.ts';
import { typesToSpan } from '../syntax/typesToSpan.ts';

/** The tokens of a stretch of a text, each with what it lies in. */
export interface TokenTable {
  readonly source: Source;
  readonly rows: readonly TokenRow[];
}

export interface TokenRow {
  readonly text: string;
  readonly start: Position;
  readonly end: Position;
  /** Absent where nobody scored it. */
  readonly logprobNats?: number;
  /** Rank among all that could stand there, from 1, where the engine knows it. */
  readonly rank?: number;
  readonly entropyNats?: number;
  /** Most likely first. */
  readonly alternatives: readonly Alternative[];
  /** Types of the spans that its leaf lies in, from the root; empty in comments and layout. */
  readonly path: readonly string[];
}

/** A text that was scored, whole or as a part of a longer one, laid on its syntax. */
export interface LaidText {
  readonly scored: ScoredText;
  readonly spans: SpanTable;
  /** By token: ordinal, in `spans.leaves`, of the leaf that answers for it; -1: none (`alignTokens`). */
  readonly chargedLeaves: Int32Array;
  /** Where what was scored begins in the text of `lines`. */
  readonly offset: number;
  /** Of the whole text. */
  readonly lines: LineIndex;
}

/** The tokens that a range of the whole text touches. */
export function tokenTable(
  { scored, spans, chargedLeaves, offset, lines }: LaidText,
  range: { readonly start: number; readonly end: number },
): TokenTable {
  const rows: TokenRow[] = [];
  for (let index = 0; index < scored.tokenCount; index++) {
    const start = offset + scored.tokenStart(index);
    const end = offset + scored.tokenEnd(index);
    if (end <= range.start) continue;
    if (start >= range.end) break;
    const { text, logprobNats, alternatives = [] } = scored.token(index);
    const rank = known(scored.measures.ranks?.[index]);
    const entropyNats = known(scored.measures.entropiesNats?.[index]);
    const leaf = spans.leaves[chargedLeaves[index] ?? -1];
    rows.push({
      text,
      start: positionAt(lines, start),
      end: positionAt(lines, end),
      ...(logprobNats !== undefined && { logprobNats }),
      ...(rank !== undefined && { rank }),
      ...(entropyNats !== undefined && { entropyNats }),
      alternatives,
      path: leaf === undefined ? [] : typesToSpan(spans, leaf),
    });
  }
  return { source: scored.source, rows };
}

/** What is not known of a single token is NaN in its column. */
function known(value: number | undefined): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
