/**
 * One step of interpolated Witten-Bell smoothing (Witten & Bell 1991; Chen & Goodman 1999, eq. 15):
 *
 *     P(w | h) = (c(h w) + k P'(w)) / (n(h) + k)        k = types(h), the number of different tokens seen after h
 *
 * where P' is what is believed without this context. It is a distribution whenever P' is one, since the counts of all
 * `w` add up to `n`. Where the context was never seen the belief stays as it was.
 *
 * @param believed P'(w), in [0, 1]
 * @param count c(h w)
 * @param total n(h)
 * @param types k
 */
export function interpolate(believed: number, count: number, total: number, types: number): number {
  return total === 0 ? believed : (count + types * believed) / (total + types);
}
