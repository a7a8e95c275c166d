import type { ClusterMean } from '../../core/sums/clusterMean.ts';
import type { ExpectedChanges } from '../../core/sums/expectedChanges.ts';
import { percent } from '../calibrationWords.ts';

// Numbers as the page says them.

/** A number of things, with one decimal where it is small: `3.4`, `120`. */
export function amount(value: number): string {
  return value < 9.95 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

/** How many will need a change, with the interval: `3.4 (1.2 to 6.1)`; `not known` where nothing was judged. */
export function changesInWords({ expected }: ExpectedChanges): string {
  return expected === null
    ? 'not known'
    : `${amount(expected.mean)} (${amount(expected.low)} to ${amount(expected.high)})`;
}

/**
 * A mean with its interval, in a unit of choice: `2.1 (1.9 to 2.3)`; of one group there is no interval.
 *
 * @param show a number in the unit
 */
export function meanInWords(known: ClusterMean | null, show: (value: number) => string): string {
  if (known === null) return 'not known';
  const { mean, interval } = known;
  return interval === null ? show(mean) : `${show(mean)} (${show(interval.low)} to ${show(interval.high)})`;
}

/** A share in percent. The interval of a share ends where shares end. */
export function shareInWords(share: number): string {
  return percent(Math.min(1, Math.max(0, share)));
}

/** What cannot be below 0 is not said to be. */
export function bits(nats: number): string {
  return Math.max(0, nats / Math.LN2).toFixed(2);
}
