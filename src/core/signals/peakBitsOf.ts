import type { SignalValues } from '../words.ts';

/** Surprisal of the least likely token, in bits; null where nothing was scored. */
export function peakBitsOf({ minimumLogprob }: SignalValues): number | null {
  return minimumLogprob === undefined ? null : -minimumLogprob / Math.LN2;
}
