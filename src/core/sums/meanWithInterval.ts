import { clusterMean, type ClusterMean } from './clusterMean.ts';

/** A mean of what is known, and how many items were left out of it. */
export interface MeanOfKnown {
  /** null: nothing is known. */
  readonly known: ClusterMean | null;
  /** Items without a number. They are not filled in: nobody knows whether they are like the others. */
  readonly leftOut: number;
}

/**
 * The mean of values, by `clusterMean`, beside the number of those that are unknown.
 *
 * @param items null: unknown
 * @throws CandorError `bad-call` where a value is not finite
 */
export function meanWithInterval(
  items: readonly { readonly group: string; readonly value: number | null }[],
  level?: number,
): MeanOfKnown {
  const parts = items.flatMap(({ group, value }) => (value === null ? [] : [{ group, sum: value, count: 1 }]));
  return { known: clusterMean(parts, level), leftOut: items.length - parts.length };
}
