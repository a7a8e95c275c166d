/**
 * UTF-8 and UTF-16, side by side: servers count bytes, JavaScript and editors count UTF-16 units. The conversion is done
 * here and nowhere else.
 *
 * A lone surrogate has no UTF-8 form and is written as U+FFFD (three bytes), as the Encoding Standard of the WHATWG asks.
 */

/** A text in UTF-8, with the way back. */
export interface Utf8Text {
  readonly bytes: Uint8Array;
  /**
   * UTF-16 offset for each byte offset, the end included: one entry more than there are bytes. Bytes inside a character
   * have INSIDE_CHARACTER.
   *
   *     text          a  é     😀
   *     UTF-16        0  1     2           4
   *     bytes         61 C3 A9 F0 9F 98 80
   *     utf16Offsets  0  1  -  2  -  -  -  4
   */
  readonly utf16Offsets: Uint32Array;
}

/** Stands in `Utf8Text.utf16Offsets` for a byte offset at which no character starts. */
export const INSIDE_CHARACTER = 0xffff_ffff;

/** Encodes a text as UTF-8 and keeps the way back from byte offsets to UTF-16 offsets. Takes one pass over the text. */
export function utf8TextOf(text: string): Utf8Text {
  const bytes = encodeUtf8(text);
  const utf16Offsets = new Uint32Array(bytes.length + 1);
  let utf16Offset = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (isContinuation(byte)) {
      utf16Offsets[at] = INSIDE_CHARACTER;
    } else {
      utf16Offsets[at] = utf16Offset;
      utf16Offset += byte >= 0xf0 ? 2 : 1;
    }
  }
  utf16Offsets[bytes.length] = utf16Offset;
  return { bytes, utf16Offsets };
}

/** The UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Uint8Array {
  // A UTF-16 unit takes three bytes at most: a pair of surrogates takes four together.
  const bytes = new Uint8Array(utf8LengthBound(text));
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      bytes[length++] = unit;
    } else if (unit < 0x800) {
      bytes[length++] = 0xc0 | (unit >> 6);
      bytes[length++] = 0x80 | (unit & 0x3f);
    } else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      const codePoint = 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(++at) - 0xdc00);
      bytes[length++] = 0xf0 | (codePoint >> 18);
      bytes[length++] = 0x80 | ((codePoint >> 12) & 0x3f);
      bytes[length++] = 0x80 | ((codePoint >> 6) & 0x3f);
      bytes[length++] = 0x80 | (codePoint & 0x3f);
    } else {
      const codePoint = isHighSurrogate(unit) || isLowSurrogate(unit) ? 0xfffd : unit;
      bytes[length++] = 0xe0 | (codePoint >> 12);
      bytes[length++] = 0x80 | ((codePoint >> 6) & 0x3f);
      bytes[length++] = 0x80 | (codePoint & 0x3f);
    }
  }
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}

/**
 * The text that bytes stand for. What is not UTF-8 becomes U+FFFD, one for each longest piece that could have begun a
 * character (the practice of the Unicode Standard, section 3.9, which the Encoding Standard follows). A byte order mark
 * is kept.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const { codePoint, length } = characterAt(bytes, at);
    text += String.fromCodePoint(codePoint);
    at += length;
  }
  return text;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** The character that starts at a byte, and its length in bytes; U+FFFD for a piece that is no character. */
function characterAt(bytes: Uint8Array, at: number): { codePoint: number; length: number } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { codePoint: lead, length: 1 };
  const wanted = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
  // The second byte rules out overlong forms, surrogates and what lies above U+10FFFF.
  let least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  let most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  let codePoint = wanted === 0 ? 0 : lead & (0x3f >> wanted);
  for (let have = 0; have < wanted; have++) {
    const byte = bytes[at + 1 + have] ?? 0;
    if (byte < least || byte > most) return { codePoint: 0xfffd, length: 1 + have };
    codePoint = (codePoint << 6) | (byte & 0x3f);
    least = 0x80;
    most = 0xbf;
  }
  return wanted === 0 ? { codePoint: 0xfffd, length: 1 } : { codePoint, length: 1 + wanted };
}

function utf8LengthBound(text: string): number {
  // Most texts are ASCII; finding the first other unit is cheaper than three bytes for each.
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) >= 0x80) return at + 3 * (text.length - at);
  }
  return text.length;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
