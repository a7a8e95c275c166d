/**
 * How near a probability may come to 0 and 1 before its logarithm is taken: a forecast of 0 that fails to hold costs
 * 13.8 nats, not infinitely many.
 */
export const PROBABILITY_CLIP = 1e-6;

/** A probability moved into [1e-6, 1 - 1e-6]. */
export function clipProbability(probability: number): number {
  return Math.min(1 - PROBABILITY_CLIP, Math.max(PROBABILITY_CLIP, probability));
}
