import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { CandorError } from '../../core/candorError.ts';
import { Corpus, layOut, type LearnedBase } from './corpus.ts';
import { TokenIndex, type NgramShape } from './tokenIndex.ts';

/** Raised whenever what follows the header changes. */
const FORMAT = 'candor-ngram-1';

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
 * Header, tokens and common prefixes are padded to multiples of 4 bytes, so that each part can be read where it lies.
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
    padToWords(bytesOf(index.tokens.subarray(0, index.tokenCount)), 0),
    bytesOf(index.suffixes),
    padToWords(index.commonPrefixes, 0),
  ];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);

  const unfinished = `${path}.${process.pid}.part`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    for (const part of [...parts, hash.digest()]) await file.writeFile(part);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
  await file.close();
  await rename(unfinished, path);
}

/**
 * Loads a saved corpus.
 * @returns null where there is no file, or where it was made for another tokenizer or order and must be learned anew
 * @throws CandorError `corrupt` when the file is damaged
 */
export async function loadSnapshot(path: string, shape: NgramShape, tokenizerDigest: string): Promise<Corpus | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new CandorError('unreadable', `The learned snapshot ${path} cannot be read. Check its permissions.`, {
      cause: error,
    });
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const body = aligned.subarray(0, -32);
  const sum = createHash('sha256').update(body).digest();
  if (aligned.length < 36 || !sum.equals(aligned.subarray(-32))) throw damaged(path);

  const headerEnd = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0, true);
  const header: unknown = JSON.parse(new TextDecoder().decode(body.subarray(4, headerEnd)));
  if (!isHeader(header) || header.tokenizer !== tokenizerDigest || !sameShape(header.shape, shape)) return null;
  const suffixStart = headerEnd + Math.ceil((header.tokenCount * 2) / 4) * 4;
  const prefixStart = suffixStart + header.tokenCount * 4;
  const tokens = new Uint16Array(body.buffer, body.byteOffset + headerEnd, header.tokenCount);
  const suffixes = new Uint32Array(body.buffer, body.byteOffset + suffixStart, header.tokenCount).slice();
  const commonPrefixes = body.slice(prefixStart, prefixStart + header.tokenCount);
  const index = new TokenIndex(tokens, shape, { suffixes, commonPrefixes });
  const base: LearnedBase = { documents: layOut(header.documents, index.tokens), index };
  return new Corpus(shape, base);
}

/** The hash has vouched for the contents; what is left to tell apart is another version's format. */
function isHeader(value: unknown): value is Header {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT;
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
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  padded.set(bytes);
  return padded;
}
