import type { LlamaHttpModel } from './llamaHttpModel.ts';

/** What tokens write, as servers spell it. */

export function bytesOf(model: LlamaHttpModel, ids: readonly number[]): Uint8Array {
  return Uint8Array.from(ids.flatMap((id) => [...model.bytesOf(id)]));
}

/** Bytes as text, with U+FFFD for what is no UTF-8: as in Python with `errors="replace"`, and in Go's JSON. */
export function decoded(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

export function textOf(model: LlamaHttpModel, ids: readonly number[]): string {
  return decoded(bytesOf(model, ids));
}

/** Number of bytes before a character that the bytes begin and do not end; all of them where there is none. */
export function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const length = (byte & 0xf8) === 0xf0 ? 4 : (byte & 0xf0) === 0xe0 ? 3 : (byte & 0xe0) === 0xc0 ? 2 : 0;
    if (length > back) return bytes.length - back;
  }
  return bytes.length;
}
