import type { Alternative } from './words.ts';
import { decodeUtf8 } from './utf8.ts';

/**
 * One row of a server's list of log-probabilities, as it came. A row is not a token: rows may hold a piece of a
 * character, several tokens, or no text at all, and may lie.
 *
 * A row without text goes with the one after it. So a reader that knows of a token which the server left out puts in an
 * empty row for it, and one that knows of a special token (the beginning of the text) leaves its row out.
 */
export interface ScoredRow {
  /** The row's text as the server decoded it. U+FFFD stands for bytes that it could not decode. */
  readonly text?: string;
  /** The row's bytes; trusted before `text`, which some servers cut at the first byte that is not UTF-8. */
  readonly bytes?: Uint8Array | readonly number[] | null;
  /** Natural logarithm of the row's probability; null or absent where the server gave none. */
  readonly logprobNats?: number | null;
  readonly alternatives?: readonly RowAlternative[];
}

/** What else a server says could have stood in a row's place. */
export interface RowAlternative {
  readonly text?: string;
  readonly bytes?: Uint8Array | readonly number[] | null;
  readonly logprobNats: number;
}

/**
 * The least log-probability that is kept, in nats; whatever is lower is taken for this.
 *
 * Servers write a probability of zero as -9999 (OpenAI), as -3.4e38 (llama.cpp) or as minus infinity, and one such row
 * would drown every mean. A 32-bit float holds no probability below e^-103, so a model computed in floats of that size
 * cannot tell anything below about -100 from zero: nothing that was measured is lost.
 */
export const LEAST_LOGPROB_NATS = -100;

/**
 * The log-probability of each row in nats, in [LEAST_LOGPROB_NATS, 0], or NaN for a row that nobody scored:
 *
 * - none was given, or it is not a number;
 * - it is above 0, which no logarithm of a probability is (Ollama copies the probability itself into the field when the
 *   logarithm is 0);
 * - it was filled in by speculative decoding: llama-server writes every token of an accepted draft, and the one sampled
 *   after it, with a log-probability of exactly 0 and no alternatives. Two or more such rows in a run, although
 *   alternatives were asked for, were never scored. They look certain and are unknown.
 */
export function rowLogprobsNats(rows: readonly ScoredRow[], alternativesRequested: number): Float64Array {
  const logprobsNats = Float64Array.from(rows, (row) => logprobOf(row.logprobNats));
  if (alternativesRequested < 1) return logprobsNats;
  let runStart = 0;
  for (let index = 0; index <= rows.length; index++) {
    const row = rows[index];
    if (row !== undefined && logprobsNats[index] === 0 && !hasAlternatives(row)) continue;
    if (index - runStart >= 2) logprobsNats.fill(Number.NaN, runStart, index);
    runStart = index + 1;
  }
  return logprobsNats;
}

/**
 * A row's alternatives, most likely first; undefined where there are none.
 *
 * A number above 0, in the row or in its list, shows that the server did not write logarithms there: the list is
 * rejected, for without the entry in error the second choice would look like the first. An entry without a number is
 * left out.
 */
export function rowAlternatives(row: ScoredRow): readonly Alternative[] | undefined {
  if (!hasAlternatives(row) || isAboveZero(row.logprobNats)) return undefined;
  const alternatives: Alternative[] = [];
  for (const { text, bytes, logprobNats: given } of row.alternatives ?? []) {
    if (isAboveZero(given)) return undefined;
    const logprobNats = logprobOf(given);
    if (!Number.isNaN(logprobNats)) alternatives.push({ text: shownText(text, bytes), logprobNats });
  }
  return alternatives.length === 0 ? undefined : alternatives.sort((a, b) => b.logprobNats - a.logprobNats);
}

function hasAlternatives(row: ScoredRow): boolean {
  return (row.alternatives?.length ?? 0) > 0;
}

function isAboveZero(given: number | null | undefined): boolean {
  return typeof given === 'number' && given > 0;
}

function logprobOf(given: number | null | undefined): number {
  if (typeof given !== 'number' || !(given <= 0)) return Number.NaN;
  return Math.max(given, LEAST_LOGPROB_NATS);
}

function shownText(text: string | undefined, bytes: ScoredRow['bytes']): string {
  // As many bytes as units: plain ASCII, or bytes that say no more than the text.
  if (!bytes?.length || bytes.length === text?.length) return text ?? '';
  return decodeUtf8(Uint8Array.from(bytes));
}
