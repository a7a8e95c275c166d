import { createHash } from 'node:crypto';

/**
 * Numbers from 0 to below 1 that depend on the key alone: the digests of the key and a counter, 32 bits each. Keys may hold
 * texts, so that what is drawn for a function of a file does not depend on what was drawn before.
 */
export function keyedRandom(...key: readonly (string | number)[]): () => number {
  let counter = 0;
  return () => {
    const digest = createHash('sha256')
      .update(JSON.stringify([...key, counter]))
      .digest();
    counter++;
    return digest.readUInt32LE() / 2 ** 32;
  };
}
