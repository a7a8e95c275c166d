import { tokenBytes, tokenByteLength, type Vocabulary } from './vocabulary.ts';

/** A prefix in three parts, which joined are the prefix. */
export interface HealedPrefix {
  /** Whole lines, and the indentation of the last one. */
  readonly lines: string;
  /** What stands on the last line before what was begun. */
  readonly line: string;
  /** What a model is not shown, and must write first. */
  readonly begun: string;
}

/** A word that was begun, and the one blank before it that is no indentation. Nobody has begun a word that is longer. */
const BEGUN = /(?:(?<=\S) )?[\p{L}\p{N}_$]{0,64}$/u;

/** The end of a line, from its first visible character on. */
const LINE = /\S.*$/u;

/** A longer line is data. */
const MOST_LINE_UNITS = 400;

/**
 * Token healing (S. Lundberg, "The Art of Prompt Design: Prompt Boundaries and Token Healing", 2023): the beginning of a word is mostly no
 * beginning of its tokens, so that a model that is shown `ret` does not think of `return`. So it is not shown the word that was begun, nor
 * the blank before it, which most tokens begin with, and what it writes must begin with them. An indentation stays: behind it a line begins.
 *
 *     {⏎␣␣return va|         lines  {⏎␣␣      line  return      begun  ␣va      written  [␣value] [;] ...
 */
export function healPrefix(prefix: string): HealedPrefix {
  const begun = BEGUN.exec(prefix)?.[0] ?? '';
  const shown = prefix.slice(0, prefix.length - begun.length);
  const lineStart = Math.max(shown.lastIndexOf('\n'), shown.lastIndexOf('\r')) + 1;
  const line = LINE.exec(shown.slice(lineStart))?.[0] ?? '';
  if (line.length > MOST_LINE_UNITS) return { lines: shown, line: '', begun };
  return { lines: shown.slice(0, shown.length - line.length), line, begun };
}

/** Whether a token may stand where certain bytes must: it begins with them, or they begin with it. */
export function agrees(token: Uint8Array, begun: Uint8Array): boolean {
  const common = Math.min(token.length, begun.length);
  return common > 0 && token.subarray(0, common).every((byte, index) => byte === begun[index]);
}

/** The longest token that certain bytes begin with; null for none. Takes a pass over the vocabulary. */
export function longestTokenOf(begun: Uint8Array, vocabulary: Vocabulary): number | null {
  let longest: number | null = null;
  for (let token = 0; token < vocabulary.ends.length; token++) {
    const length = tokenByteLength(vocabulary, token);
    if (length > begun.length || length <= (longest === null ? 0 : tokenByteLength(vocabulary, longest))) continue;
    if (agrees(tokenBytes(vocabulary, token), begun)) longest = token;
  }
  return longest;
}
