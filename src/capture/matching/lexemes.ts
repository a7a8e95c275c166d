import type { Stretch } from '../following/carryStretches.ts';

/**
 * The words and signs of a text, without the white space between them: what stays the same when code is indented anew.
 * A word is a run of letters, digits, `_`, `$` and all that is not ASCII; a sign is one character.
 */
export interface Lexemes {
  readonly text: string;
  readonly count: number;
  /** Hash of each lexeme: equal lexemes have equal hashes, and different ones almost always have different ones. */
  readonly hashes: Int32Array;
  /** Where each starts and ends, in UTF-16 units of the text. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Visible characters before each lexeme, and at last those of all. */
  readonly visibleBefore: Uint32Array;
}

/** @param parts the only stretches of the text to read, rising; a word never goes from one to the next */
export function lexemesOf(text: string, parts: readonly Stretch[] = [{ start: 0, end: text.length }]): Lexemes {
  const hashes: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const visibleBefore: number[] = [0];
  let visible = 0;
  for (const part of parts) {
    for (let at = part.start; at < part.end;) {
      const unit = text.charCodeAt(at);
      const start = at++;
      if (isWhite(unit)) continue;
      let hash = Math.imul(unit + 1, 0x9e37_79b1);
      if (isOfWord(unit)) {
        for (; at < part.end; at++) {
          const next = text.charCodeAt(at);
          if (!isOfWord(next)) break;
          hash = Math.imul(hash ^ next, 0x0100_0193) ^ (hash >>> 15);
        }
      }
      hashes.push(hash);
      starts.push(start);
      ends.push(at);
      visible += at - start;
      visibleBefore.push(visible);
    }
  }
  return {
    text,
    count: hashes.length,
    hashes: Int32Array.from(hashes),
    starts: Uint32Array.from(starts),
    ends: Uint32Array.from(ends),
    visibleBefore: Uint32Array.from(visibleBefore),
  };
}

/** Visible characters in lexemes `[first, end)`. */
export function visibleIn({ visibleBefore }: Lexemes, first: number, end: number): number {
  return (visibleBefore[end] ?? 0) - (visibleBefore[first] ?? 0);
}

/** Whether a UTF-16 unit is white space: that of ASCII, and what editors leave in code beside it. */
export function isWhite(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029 || unit === 0x3000;
}

/** Whether a UTF-16 unit is part of a word. */
export function isOfWord(unit: number): boolean {
  if (unit >= 0x80) return !isWhite(unit);
  const isDigit = unit >= 0x30 && unit <= 0x39;
  const letter = unit | 0x20;
  return isDigit || (letter >= 0x61 && letter <= 0x7a) || unit === 0x5f || unit === 0x24;
}
