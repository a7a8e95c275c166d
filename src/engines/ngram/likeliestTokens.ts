/**
 * The `count` likeliest tokens of a distribution, most likely first; equals in order of id.
 * @param allowed which ids may be named at all
 */
export function likeliestTokens(
  distribution: Float64Array,
  count: number,
  allowed: (id: number) => boolean,
): readonly number[] {
  const best: number[] = [];
  let bar = 0;
  for (let id = 0; id < distribution.length; id++) {
    const p = distribution[id] ?? 0;
    if ((best.length >= count && p <= bar) || !allowed(id)) continue;
    const place = best.findIndex((other) => (distribution[other] ?? 0) < p);
    best.splice(place < 0 ? best.length : place, 0, id);
    if (best.length > count) best.pop();
    bar = distribution[best.at(-1) ?? 0] ?? 0;
  }
  return best;
}
