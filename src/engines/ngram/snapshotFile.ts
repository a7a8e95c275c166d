import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { CandorError } from '../../core/candorError.ts';
import { Corpus, layOut } from './corpus.ts';
import { TokenIndex, type NgramShape } from './tokenIndex.ts';

/** Raised whenever what follows the header changes. */
const FORMAT = 'candor-ngram-2';

interface Header {
  readonly format: typeof FORMAT;
  readonly tokenizer: string;
  readonly shape: NgramShape;
  /** In the order of their tokens. */
  readonly documents: readonly (readonly [path: string, length: number])[];
  readonly tokenCount: number;
}

/**
 * Saves what a corpus has learned.
 *
 *     header's length (u32) | header (JSON) | tokens (u16) | suffixes (u32) | common prefixes (u8) | SHA-256 of it all
 *
 * Header, tokens and common prefixes are padded to multiples of 4 bytes, so that each part can be used where it lies. The
 * tokens end with as many `endOfText` as the order, as in an index.
 *
 * The file is written beside its place and moved there whole, so a reader never sees half of it. It holds the tokens of
 * the workspace's source text, so nobody but the user may read it.
 */
export async function saveSnapshot(path: string, corpus: Corpus, tokenizerDigest: string): Promise<void> {
  const { documents, index } = corpus.rebuild();
  const header: Header = {
    format: FORMAT,
    tokenizer: tokenizerDigest,
    shape: corpus.shape,
    documents: Array.from(documents, ([name, tokens]) => [name, tokens.length] as const),
    tokenCount: index.tokenCount,
  };
  const headerBytes = padToWords(new TextEncoder().encode(JSON.stringify(header)), 0x20);
  const parts = [
    bytesOf(Uint32Array.of(headerBytes.length)),
    headerBytes,
    padToWords(bytesOf(index.tokens), 0),
    bytesOf(index.suffixes),
    padToWords(index.commonPrefixes.shared, 0),
  ];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);

  // A name of its own: another save may be under way, and an old file's permissions would stay as they are.
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      for (const part of [...parts, hash.digest()]) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Loads a saved corpus.
 * @returns null where there is no file, or where it was made for another tokenizer or order and must be learned anew
 * @throws CandorError `corrupt` when the file is damaged
 */
export async function loadSnapshot(path: string, shape: NgramShape, tokenizerDigest: string): Promise<Corpus | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readShared(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new CandorError('unreadable', `The learned snapshot ${path} cannot be read. Check its permissions.`, {
      cause: error,
    });
  }
  const body = bytes.subarray(0, -32);
  const sum = createHash('sha256').update(body).digest();
  if (bytes.length < 36 || !sum.equals(bytes.subarray(-32))) throw damaged(path);

  const headerEnd = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  const header = parseJson(body.subarray(4, headerEnd));
  if (header === undefined) throw damaged(path);
  if (!isOfThisFormat(header)) return null;
  if (!isHeader(header)) throw damaged(path);
  if (header.tokenizer !== tokenizerDigest || !sameShape(header.shape, shape)) return null;
  const { tokenCount } = header;
  const paddedCount = tokenCount + shape.order;
  const suffixStart = headerEnd + inWords(paddedCount * Uint16Array.BYTES_PER_ELEMENT);
  const prefixStart = suffixStart + tokenCount * Uint32Array.BYTES_PER_ELEMENT;
  if (headerEnd % 4 !== 0 || prefixStart + inWords(tokenCount) !== body.length) throw damaged(path);
  const tokens = new Uint16Array(body.buffer, headerEnd, paddedCount);
  const suffixes = new Uint32Array(body.buffer, suffixStart, tokenCount);
  const commonPrefixes = body.subarray(prefixStart, prefixStart + tokenCount);
  if (suffixes.some((start) => start >= tokenCount) || (commonPrefixes[0] ?? 0) !== 0) throw damaged(path);
  const index = new TokenIndex({ tokens, suffixes, commonPrefixes }, shape, SharedArrayBuffer);
  return new Corpus(shape, { documents: layOut(header.documents, tokens), index });
}

/** The bytes of a file, in memory that other threads can use as well. */
async function readShared(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
      // A file that was cut while it was read: its hash will not fit.
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isOfThisFormat(header: unknown): header is Partial<Record<keyof Header, unknown>> {
  return typeof header === 'object' && header !== null && 'format' in header && header.format === FORMAT;
}

/** The hash vouches for the bytes, not for whoever wrote them: what is read by must fit. */
function isHeader(header: Partial<Record<keyof Header, unknown>>): header is Header {
  const { tokenizer, shape, documents, tokenCount } = header;
  if (typeof tokenizer !== 'string' || typeof shape !== 'object' || shape === null) return false;
  if (!Array.isArray(documents) || !documents.every(isDocument)) return false;
  return tokenCount === documents.reduce((sum, [, length]) => sum + 1 + length, 0);
}

function isDocument(value: unknown): value is readonly [path: string, length: number] {
  return Array.isArray(value) && typeof value[0] === 'string' && Number.isInteger(value[1]) && value[1] >= 0;
}

function sameShape(a: NgramShape, b: NgramShape): boolean {
  return a.order === b.order && a.vocabularySize === b.vocabularySize && a.endOfText === b.endOfText;
}

function damaged(path: string): CandorError {
  return new CandorError('corrupt', `The learned snapshot ${path} is damaged. Delete it; it is learned again.`);
}

function bytesOf(words: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

function padToWords(bytes: Uint8Array, filler: number): Uint8Array {
  const padded = new Uint8Array(inWords(bytes.length)).fill(filler);
  padded.set(bytes);
  return padded;
}

/** So many bytes, up to the next whole words. */
function inWords(byteLength: number): number {
  return Math.ceil(byteLength / 4) * 4;
}
