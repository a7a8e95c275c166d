/**
 * One step of interpolated smoothing, in the form of Witten & Bell (1991; Chen & Goodman 1999, eq. 15) with a weight:
 *
 *     P(w | h) = (c(h w) + k P'(w)) / (n(h) + k)        k = weight * types(h)
 *
 * where P' is what is believed without this context and types(h) the number of different tokens seen after it. It is a
 * distribution whenever P' is one, since the counts of all `w` add up to `n`. Where the context was never seen the
 * belief stays as it was.
 *
 * Witten and Bell's weight is 1. Here the same sighting counts at every order and again in every scope that holds it, so
 * each step has to give more to what was believed before; `docs/decisions/n-gram-weights.md` has the measurements.
 *
 * @param believed P'(w), in [0, 1]
 * @param count c(h w)
 * @param total n(h)
 */
export function interpolate(believed: number, count: number, total: number, types: number, weight: number): number {
  if (total === 0) return believed;
  const k = weight * types;
  return (count + k * believed) / (total + k);
}

/** Weights of what was believed before, by what the counts are of. */
export const BACK_OFF_WEIGHTS = { workspace: 12, folder: 32, textSoFar: 5 } as const;
