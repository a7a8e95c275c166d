import { toAlphabet } from '../tokenizer/byteAlphabet.ts';
import { GGUF_TOKEN_TYPE as TYPE } from '../tokenizer/ggufTokenizer.ts';

/** The bytes that each token writes, packed so that they cross to another process as they are. */
export interface Vocabulary {
  /** The bytes of all tokens, one after the other. */
  readonly bytes: Uint8Array;
  /** End of each token's bytes. A token without bytes writes no text: it is a sign to the model. */
  readonly ends: Uint32Array;
}

/** The lists of a GGUF file that say what its tokens write. */
export interface GgufVocabulary {
  /** `tokenizer.ggml.model`: `gpt2` writes tokens in the byte alphabet; the others as text with U+2581 for a space. */
  readonly model: string;
  readonly tokens: readonly string[];
  /** `tokenizer.ggml.token_type` of each token. */
  readonly types: readonly number[];
}

/** Reads what each token of a model writes. Takes the time of one pass over the vocabulary. */
export function readVocabulary({ model, tokens, types }: GgufVocabulary): Vocabulary {
  const written = tokens.map((token, id) => bytesOfEntry(model, token, types[id]));
  const ends = new Uint32Array(written.length);
  let length = 0;
  written.forEach((bytes, id) => (ends[id] = length += bytes.length));
  const bytes = new Uint8Array(length);
  written.forEach((part, id) => {
    bytes.set(part, (ends[id] ?? 0) - part.length);
  });
  return { bytes, ends };
}

/** The bytes that a token writes; empty for signs to the model and for ids that do not exist. */
export function tokenBytes({ bytes, ends }: Vocabulary, id: number): Uint8Array {
  return bytes.subarray(ends[id - 1] ?? 0, ends[id] ?? 0);
}

/** Length of what `tokenBytes` gives, without making it. */
export function tokenByteLength({ ends }: Vocabulary, id: number): number {
  return (ends[id] ?? 0) - (ends[id - 1] ?? 0);
}

/** The text of a token, or null where it is none by itself: a sign to the model, a piece of a character. */
export function tokenText(vocabulary: Vocabulary, id: number): string | null {
  const bytes = tokenBytes(vocabulary, id);
  if (bytes.length === 0) return null;
  try {
    return wholeCharacters.decode(bytes);
  } catch {
    return null;
  }
}

const wholeCharacters = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();

const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 256 }, (_, byte) => [toAlphabet(Uint8Array.of(byte)), byte]),
);

function bytesOfEntry(model: string, token: string, type: number | undefined): Uint8Array {
  if (type === TYPE.control || type === TYPE.unknown || type === TYPE.unused) return new Uint8Array();
  if (type === TYPE.userDefined) return utf8.encode(token);
  if (type === TYPE.byte) return Uint8Array.of(Number.parseInt(token.slice(3, 5), 16));
  if (model !== 'gpt2') return utf8.encode(token.replaceAll('\u2581', ' '));
  const bytes = Array.from(token, (character) => BYTE_OF_CHARACTER.get(character));
  return bytes.includes(undefined) ? utf8.encode(token) : Uint8Array.from(bytes, (byte) => byte ?? 0);
}
