import { encodeUtf8 } from './utf8.ts';

/**
 * Bytes as a string with one unit for each byte, from 0 to 255. Comparing and finding is then left to the engine's own
 * string functions, and ASCII text is its own byte string: rows by the hundred thousand need no copy and no typed array.
 */
export type ByteString = string;

/** U+FFFD in UTF-8. */
export const REPLACEMENT_BYTES: ByteString = '\xef\xbf\xbd';

/** More arguments than this in one call may overflow the stack. */
const CHUNK = 4096;

/** The byte string of bytes; of a number that is no byte, its lowest eight bits. */
export function byteStringOf(bytes: Uint8Array | readonly number[]): ByteString {
  const checked = bytes instanceof Uint8Array ? bytes : Uint8Array.from(bytes);
  if (checked.length <= CHUNK) return String.fromCharCode(...checked);
  let string = '';
  for (let at = 0; at < checked.length; at += CHUNK) string += String.fromCharCode(...checked.subarray(at, at + CHUNK));
  return string;
}

/** The byte string of a text in UTF-8. */
export function utf8StringOf(text: string): ByteString {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= 0x80) return byteStringOf(encodeUtf8(text));
  }
  return text;
}
