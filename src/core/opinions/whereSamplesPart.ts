/** The leaf of an original at which most samples leave it. */
export interface Parting {
  /** Index of the leaf, from 0; the number of leaves where they part behind the last. */
  readonly leaf: number;
  /** Samples that are the same up to here, and of them those that go on in another way. */
  readonly reaching: number;
  readonly leaving: number;
}

/**
 * Where samples of a place part with what stands there: the leaf at which most of those leave that are the same up to it.
 *
 *     original    if ( a <= b )
 *     sample      if ( a <  b )      leaves at leaf 3
 *     sample      if ( a <  c )      leaves at leaf 3
 *     sample      for ( a )          leaves at leaf 0, the other two reach leaf 3: they part at leaf 3, two of two
 *
 * @param original texts of its leaves, in order
 * @param samples the same of each sample
 * @returns the earliest such leaf; null where every sample is the original
 */
export function whereSamplesPart(original: readonly string[], samples: readonly (readonly string[])[]): Parting | null {
  const left = new Map<number, number>();
  for (const sample of samples) {
    const same = sample.findIndex((leaf, index) => leaf !== original[index]);
    const length = same < 0 ? sample.length : same;
    if (length === original.length && sample.length === original.length) continue;
    left.set(length, (left.get(length) ?? 0) + 1);
  }
  const [most] = Array.from(left, ([leaf, leaving]) => ({ leaf, leaving })).sort(
    (a, b) => b.leaving - a.leaving || a.leaf - b.leaf,
  );
  if (most === undefined) return null;
  const leftBefore = Array.from(left).reduce((sum, [leaf, count]) => sum + (leaf < most.leaf ? count : 0), 0);
  return { ...most, reaching: samples.length - leftBefore };
}
