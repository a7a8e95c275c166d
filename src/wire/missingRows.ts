import { MISSING_ROW, type WirePart, type WireRow } from './wirePart.ts';

/**
 * Tokens for which llama-server sends no row. While the text ends inside a character it adds none, and the row of the
 * last piece then carries the character whole, with the log-probability of that piece alone. A missing row in the others'
 * place leaves the character unscored.
 */

/** How far a row's id is looked for. A character has four bytes, so three tokens at most are missing in a run. */
const LOOK_AHEAD = 8;

/** The rows with a missing row wherever ids of tokens (`return_tokens`) stand between those of two rows. */
export function withMissingRows(rows: readonly WireRow[], tokenIds: readonly number[]): readonly WireRow[] {
  if (tokenIds.length === 0) return rows;
  const complete: WireRow[] = [];
  let next = 0;
  for (const row of rows) {
    const found = row.tokenId === null ? -1 : tokenIds.slice(next, next + LOOK_AHEAD).indexOf(row.tokenId);
    if (found > 0) complete.push(MISSING_ROW);
    if (found >= 0) next += found + 1;
    complete.push(row);
  }
  return complete;
}

/**
 * Whether tokens are missing before a chunk of a stream: chunks hold no ids but their own, yet llama-server's count of
 * what it has written runs on.
 */
export function missesTokens(part: WirePart, generatedBefore: number): boolean {
  if (part.format !== 'llama-server' || part.generatedTokens === null) return false;
  return part.rows.length > 0 && part.generatedTokens - generatedBefore > part.rows.length;
}
