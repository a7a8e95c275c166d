import { REPLACEMENT_BYTES, type ByteString } from './byteString.ts';

/**
 * Rows that hold pieces of characters, which the server could not decode: what bytes they may have stood for.
 */

/** The bytes that a row may stand for. */
export interface RowBytes {
  /** The ways in which the row may be spelt, best first, none of them empty. No spelling: the row holds no text. */
  readonly spellings: readonly ByteString[];
  /** Whether a piece of the row could not be decoded, so that U+FFFD stands for bytes that nobody knows. */
  readonly undecoded: boolean;
}

/** One U+FFFD, or one row that came without its text, stands for a part of a character: four bytes less one. */
const FRAGMENT_BYTES = 3;
const ASCII_END = 0x80;

/** How many bytes something may stand for. */
export interface ByteCount {
  readonly least: number;
  readonly most: number;
}

export const NO_BYTES: ByteCount = { least: 0, most: 0 };
const ONE_BYTE: ByteCount = { least: 1, most: 1 };
const REPLACED: ByteCount = { least: 1, most: FRAGMENT_BYTES };
const TEXTLESS: ByteCount = { least: 0, most: FRAGMENT_BYTES };

export function plus(a: ByteCount, b: ByteCount): ByteCount {
  return { least: a.least + b.least, most: a.most + b.most };
}

/** A row that may stand for pieces of characters: one that came without its text, or was not decoded. */
export function isFragment(row: RowBytes): boolean {
  return row.undecoded || row.spellings.length === 0;
}

/** How many bytes a fragment may stand for, what was decoded of it included. */
export function fragmentLength(row: RowBytes | undefined): ByteCount {
  // U+FFFD takes three bytes, as many as it may stand for; it stands for one at least.
  const length = row?.spellings[0]?.length;
  return length === undefined ? TEXTLESS : { least: Math.ceil(length / REPLACEMENT_BYTES.length), most: length };
}

/**
 * Whether rows `[firstRow, endRow)` are all fragments and can have written `gap`: its ASCII bytes are theirs, and between
 * these lie as many other bytes as they can stand for. A single fragment fills nothing: a character that is in pieces has
 * two at least, and the others are missing. (`?` is U+FFFD.)
 *
 *     rows   ` ?` | `?` | `?;`
 *     gap    20 F0  9F    98 80 3B        4 bytes between the ASCII ones, where 3 to 9 are possible
 */
export function fragmentsFill(rows: readonly RowBytes[], firstRow: number, endRow: number, gap: ByteString): boolean {
  if (gap.length === 0 || endRow - firstRow < 2) return false;
  let at = 0;
  let expected = NO_BYTES;
  const takeOthers = (): boolean => {
    const start = at;
    while (at < gap.length && gap.charCodeAt(at) >= ASCII_END) at++;
    const fits = at - start >= expected.least && at - start <= expected.most;
    expected = NO_BYTES;
    return fits;
  };
  for (let row = firstRow; row < endRow; row++) {
    const fragment = rows[row];
    if (fragment === undefined || !isFragment(fragment)) return false;
    const bytes = fragment.spellings[0];
    if (bytes === undefined) {
      expected = plus(expected, TEXTLESS);
      continue;
    }
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes.charCodeAt(index);
      if (bytes.startsWith(REPLACEMENT_BYTES, index)) {
        expected = plus(expected, REPLACED);
        index += REPLACEMENT_BYTES.length - 1;
      } else if (byte >= ASCII_END) {
        expected = plus(expected, ONE_BYTE);
      } else if (!takeOthers() || gap.charCodeAt(at++) !== byte) {
        return false;
      }
    }
  }
  return takeOthers() && at === gap.length;
}
