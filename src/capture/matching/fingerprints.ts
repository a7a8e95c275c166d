import type { Lexemes } from './lexemes.ts';

/** How many lexemes a fingerprint is of. */
export const SHINGLE_LEXEMES = 5;

/** Of so many shingles in a row at least one is kept, so any run of 5 + 3 - 1 = 7 equal lexemes shares a fingerprint. */
const WINDOW_SHINGLES = 3;

/** Hashes of some runs of lexemes, and the index of the first lexeme of each, rising. */
export interface Fingerprints {
  readonly hashes: Int32Array;
  readonly at: Uint32Array;
}

/**
 * Winnowing (S. Schleimer, D. Wilkerson and A. Aiken, SIGMOD 2003): of each window of shingles the least is kept, the
 * last one where several are least. A text of fewer shingles than a window keeps its least.
 */
export function fingerprintsOf({ hashes, count }: Lexemes): Fingerprints {
  const shingles = new Int32Array(Math.max(0, count - SHINGLE_LEXEMES + 1));
  for (let first = 0; first < shingles.length; first++) {
    let hash = 0;
    for (let index = first; index < first + SHINGLE_LEXEMES; index++) {
      hash = Math.imul(hash ^ (hashes[index] ?? 0), 0x85eb_ca6b);
      hash ^= hash >>> 13;
    }
    shingles[first] = hash;
  }
  const kept: number[] = [];
  const window = Math.min(WINDOW_SHINGLES, shingles.length);
  for (let first = 0; window > 0 && first + window <= shingles.length; first++) {
    let least = first;
    for (let index = first + 1; index < first + window; index++) {
      if ((shingles[index] ?? 0) <= (shingles[least] ?? 0)) least = index;
    }
    if (kept.at(-1) !== least) kept.push(least);
  }
  const at = Uint32Array.from(kept);
  return { at, hashes: Int32Array.from(at, (index) => shingles[index] ?? 0) };
}
