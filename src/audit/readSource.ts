import { readFile, stat } from 'node:fs/promises';
import { lineIndexOf } from '../core/lineIndex.ts';

/** Why a file is not judged, in words for a report. */
export type SkipReason =
  | 'not readable'
  | 'empty'
  | 'binary'
  | 'over 1 MB'
  | 'minified'
  | 'generated'
  | 'vendored'
  | 'not parsed'
  | 'not scored'
  // Of an audit that ended before it came to the file:
  | 'out of time'
  // Of what a patch names:
  | 'outside the workspace'
  | 'not there'
  | 'not as patched';

export type SourceFile =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Longer texts are data, or were written by a tool. */
const MAX_BYTES = 1_000_000;

/** Bytes at the head of a file that are searched for a NUL, as git does to tell binary files. */
const BINARY_PROBE_BYTES = 8_000;

/** Code written by people keeps its lines short; past these it was written by a tool. */
const MAX_MEAN_LINE_LENGTH = 250;
const MAX_LINE_LENGTH = 20_000;

/**
 * Reads a file of source code, or says why it is none to judge. Text is UTF-8 or, with a byte order mark, UTF-16; bytes
 * that are neither become U+FFFD, so offsets are those of the text as an editor shows it.
 */
export async function readSource(path: string): Promise<SourceFile> {
  let bytes: Uint8Array;
  try {
    if ((await stat(path)).size > MAX_BYTES) return { kind: 'skipped', reason: 'over 1 MB' };
    bytes = await readFile(path);
  } catch {
    return { kind: 'skipped', reason: 'not readable' };
  }
  const encoding = byteOrderMark(bytes);
  if (encoding === 'utf-8' && bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) {
    return { kind: 'skipped', reason: 'binary' };
  }
  return sourceOfText(decodeSource(bytes));
}

/** Bytes as the text that an editor shows. */
export function decodeSource(bytes: Uint8Array): string {
  return new TextDecoder(byteOrderMark(bytes)).decode(bytes);
}

/** A text that was not read from a disk, as if it had been. */
export function sourceOfText(text: string): SourceFile {
  const reason = skipReasonOfText(text);
  return reason === null ? { kind: 'text', text } : { kind: 'skipped', reason };
}

/** Why a text is none to judge; null for one that is. Its length counts in UTF-8, however a disk would hold it. */
export function skipReasonOfText(text: string): SkipReason | null {
  if (Buffer.byteLength(text) > MAX_BYTES) return 'over 1 MB';
  if (text.trim() === '') return 'empty';
  return isMinified(text) ? 'minified' : null;
}

function byteOrderMark(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function isMinified(text: string): boolean {
  const { lineStarts } = lineIndexOf(text);
  const isTooLong = lineStarts.some(
    (start, line) => (lineStarts[line + 1] ?? text.length + 1) - start - 1 > MAX_LINE_LENGTH,
  );
  const lineCount = lineStarts.at(-1) === text.length ? lineStarts.length - 1 : lineStarts.length;
  return isTooLong || (text.length / lineCount > MAX_MEAN_LINE_LENGTH && text.length > 2_000);
}
