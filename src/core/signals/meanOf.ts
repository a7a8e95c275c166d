/** Mean of what a function makes of each value; of nothing, NaN. */
export function meanOf(values: Float64Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of values) sum += of(value);
  return sum / values.length;
}

/** Mean of the `count` lowest values, or of all where there are fewer. Takes one pass and no copy for a small count. */
export function meanOfLowest(values: Float64Array, count: number): number {
  // `lowest` is kept in rising order: a value goes in before the first that is higher, and the highest drops out.
  const lowest: number[] = [];
  for (const value of values) {
    if (lowest.length === count && value >= (lowest[count - 1] ?? 0)) continue;
    let place = lowest.length;
    while (place > 0 && (lowest[place - 1] ?? 0) > value) place--;
    lowest.splice(place, 0, value);
    if (lowest.length > count) lowest.pop();
  }
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}
