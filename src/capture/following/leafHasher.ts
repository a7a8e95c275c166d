import { createHmac } from 'node:crypto';

/** The salted hash of a leaf's comparable text: 32 bits, enough to tell a region's few hundred leaves apart. */
export type LeafHasher = (word: string) => number;

/** Words whose hashes are kept: a program has few thousand, and hashing one costs a microsecond. */
const MOST_KEPT = 50_000;

/** @param salt keeps whoever reads the ledger from guessing at the words */
export function createLeafHasher(salt: string): LeafHasher {
  const known = new Map<string, number>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const hash = createHmac('sha256', salt).update(word).digest().readUInt32BE(0);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(word, hash);
    return hash;
  };
}
