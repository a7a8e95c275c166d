/**
 * The number below which a share of `values` lies, by straight lines between the sorted values (type 7 of Hyndman and Fan,
 * the usual one of numpy and R).
 *
 * @param share in [0, 1]
 * @returns null where there are no values
 */
export function quantile(values: ArrayLike<number>, share: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below === above ? below : below + (place - Math.floor(place)) * (above - below);
}
