import { createHash } from 'node:crypto';

/** Words in a row that make a shingle. */
const SHINGLE_WORDS = 7;
const BANDS = 16;
const ROWS = 4;
/** Share of the shingles of the two together that both have, from which on one repeats the other. */
const REPEATS = 0.7;
const PERMUTATIONS = permutations(BANDS * ROWS);

/**
 * Answers for one text after another whether it nearly repeats one that was asked of before and kept: a copy, a fork's file, a
 * vendored version. MinHash over shingles of words, in bands (Broder 1997; Leskovec et al., Mining of Massive Datasets, 3.4):
 * of two texts that share 70 % of their shingles 99 % are found, of two that share 30 % one in eight is looked at more closely.
 */
export function nearDuplicateFilter(): (text: string) => boolean {
  const buckets = new Map<string, Uint32Array[]>();
  return (text) => {
    const signature = signatureOf(text);
    if (signature === null) return false;
    const keys = Array.from({ length: BANDS }, (_, band) => bandKey(signature, band));
    if (keys.some((key) => buckets.get(key)?.some((other) => similarity(other, signature) >= REPEATS))) return true;
    for (const key of keys) buckets.set(key, [...(buckets.get(key) ?? []), signature]);
    return false;
  };
}

/** The least hash of the shingles under each permutation; null for a text too short to tell. */
function signatureOf(text: string): Uint32Array | null {
  const words = text.match(/\w+|[^\s\w]/g) ?? [];
  if (words.length < 2 * SHINGLE_WORDS) return null;
  const signature = new Uint32Array(PERMUTATIONS.length).fill(0xffffffff);
  const hashes = words.map(hashOf);
  for (let at = 0; at + SHINGLE_WORDS <= hashes.length; at++) {
    let shingle = 0;
    for (let word = at; word < at + SHINGLE_WORDS; word++)
      shingle = (Math.imul(shingle, 0x01000193) ^ (hashes[word] ?? 0)) >>> 0;
    for (const [index, { factor, addend }] of PERMUTATIONS.entries()) {
      const value = mixed((Math.imul(shingle, factor) + addend) >>> 0);
      if (value < (signature[index] ?? 0)) signature[index] = value;
    }
  }
  return signature;
}

function similarity(a: Uint32Array, b: Uint32Array): number {
  return a.reduce((equal, value, index) => equal + (value === b[index] ? 1 : 0), 0) / a.length;
}

function bandKey(signature: Uint32Array, band: number): string {
  return `${band}:${signature.subarray(band * ROWS, (band + 1) * ROWS).join()}`;
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Spreads the high bits over the low ones (Murmur3's finalizer). */
function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function permutations(count: number): readonly { readonly factor: number; readonly addend: number }[] {
  return Array.from({ length: count }, (_, index) => {
    const digest = createHash('sha256').update(`permutation ${index}`).digest();
    return { factor: (digest.readUInt32LE(0) | 1) >>> 0, addend: digest.readUInt32LE(4) };
  });
}
