import { alignRows, type Stretch } from './alignRows.ts';
import { byteStringOf, REPLACEMENT_BYTES, utf8StringOf } from './byteString.ts';
import type { RowBytes } from './rowFragments.ts';
import { rowAlternatives, rowLogprobsNats, type ScoredRow } from './scoredRow.ts';
import { ScoredText } from './scoredText.ts';
import { INSIDE_CHARACTER, utf8TextOf } from './utf8.ts';
import type { Alternative, Source } from './words.ts';

/** What a server said about a text. */
export interface RowsOfText {
  /** The text as the client has it: after stop strings were cut off, and whatever else was done to it. */
  readonly text: string;
  readonly source: Source;
  /** The rows in the order in which they came; empty where the server sent none. */
  readonly rows: readonly ScoredRow[];
  /** How many alternatives a row was asked for. Without them filled-in rows cannot be told from certain ones. */
  readonly alternativesRequested?: number;
}

/**
 * Builds a ScoredText from the rows that a server sent for a text: the one place where servers' lists become tokens.
 *
 * The text is the truth and the rows are laid on it, by bytes, never by counts. Whatever the rows are, the tokens tile
 * the text; what no row accounts for is an unscored token. A token is the least run of rows that ends between two
 * characters, so a character that was split over several rows is one token. Its log-probability is the sum of theirs (the
 * chain rule makes that exact), or unscored when one of them is missing. Only a token of exactly one row keeps that
 * row's alternatives, for those of a piece are not alternatives to the whole.
 *
 * Log-probabilities are in nats, in [LEAST_LOGPROB_NATS, 0] for each row; what is invalid, or was filled in by
 * speculative decoding, is unscored. Takes time in proportion to rows and text. Throws for no text and no rows.
 */
export function scoredTextFromRows({ text, source, rows, alternativesRequested = 0 }: RowsOfText): ScoredText {
  const { bytes, utf16Offsets } = utf8TextOf(text);
  const logprobsNats = rowLogprobsNats(rows, alternativesRequested);
  const tokenEnds: number[] = [];
  const tokenLogprobsNats: number[] = [];
  const alternatives = new Map<number, readonly Alternative[]>();
  let sumNats = 0;
  let isWhole = true;
  for (const stretch of alignRows(rows.map(bytesOf), byteStringOf(bytes))) {
    sumNats += sumOf(logprobsNats, stretch);
    const end = utf16Offsets[stretch.endByte];
    if (end === undefined || end === INSIDE_CHARACTER) {
      isWhole = false;
      continue;
    }
    const row = isWhole && stretch.endRow - stretch.firstRow === 1 ? rows[stretch.firstRow] : undefined;
    const ofRow = row && rowAlternatives(row);
    if (ofRow !== undefined) alternatives.set(tokenEnds.length, ofRow);
    tokenEnds.push(end);
    tokenLogprobsNats.push(sumNats);
    sumNats = 0;
    isWhole = true;
  }
  return ScoredText.of({
    text,
    source,
    tokenEnds: Uint32Array.from(tokenEnds),
    measures: { logprobsNats: Float64Array.from(tokenLogprobsNats) },
    alternatives,
  });
}

/** Sum of the log-probabilities of a stretch's rows; NaN when one is unscored, and for a stretch that nobody wrote. */
function sumOf(logprobsNats: Float64Array, { firstRow, endRow }: Stretch): number {
  if (firstRow === endRow) return Number.NaN;
  let sum = 0;
  for (let row = firstRow; row < endRow; row++) sum += logprobsNats[row] ?? Number.NaN;
  return sum;
}

/**
 * How a row may be spelt: by its bytes, else by its text. Some servers cut the text at the first byte that is not UTF-8,
 * others make the bytes from the cut text or leave them empty; so whichever was decoded without U+FFFD comes first.
 */
function bytesOf({ text, bytes }: ScoredRow): RowBytes {
  const given = byteStringOf(bytes ?? []);
  const encoded = utf8StringOf(text ?? '');
  const spellings = (given === encoded ? [given] : [given, encoded]).filter((spelling) => spelling !== '');
  const decoded = spellings.filter((spelling) => !spelling.includes(REPLACEMENT_BYTES));
  return decoded.length > 0 ? { spellings: decoded, undecoded: false } : { spellings, undecoded: spellings.length > 0 };
}
