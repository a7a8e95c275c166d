/**
 * The byte alphabet of GPT-2's byte-level BPE: each byte has one visible character, so that merges can be written as
 * lines of text. Bytes that print in Latin-1 stand for themselves; the other 68 get U+0100, U+0101, … in byte order.
 *
 * Vocabularies in this alphabet (GPT-2's, GGUF's `gpt2` model) number the bytes in the order of their characters: first
 * the printing ones, then the others.
 *
 * Source: Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, section 2.2, and its encoder.
 */

function printsInLatin1(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

const ALL_BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

/** Byte of each of the first 256 token ids. */
export const BYTE_OF_ID: Uint8Array = Uint8Array.from([
  ...ALL_BYTES.filter(printsInLatin1),
  ...ALL_BYTES.filter((byte) => !printsInLatin1(byte)),
]);

/** Token id of each byte, the inverse of {@link BYTE_OF_ID}. */
export const ID_OF_BYTE: Uint8Array = Uint8Array.from(ALL_BYTES, (byte) => BYTE_OF_ID.indexOf(byte));

const PRINTING_BYTES = ALL_BYTES.filter(printsInLatin1).length;

const CHARACTER_OF_BYTE: readonly string[] = ALL_BYTES.map((byte) =>
  String.fromCharCode(printsInLatin1(byte) ? byte : 0x100 + (ID_OF_BYTE[byte] ?? 0) - PRINTING_BYTES),
);

/** Writes bytes in the alphabet, one character a byte. */
export function toAlphabet(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => CHARACTER_OF_BYTE[byte]).join('');
}
