/** Items grouped by equal score: the distinct scores in rising order, how many items have each, and how many are good. */
export interface ScoreGroups {
  readonly scores: Float64Array;
  readonly counts: Float64Array;
  readonly goods: Float64Array;
}

/** Groups items by score. O(n log n). */
export function groupByScore(scores: Float64Array, labels: Uint8Array): ScoreGroups {
  const groups = new Map<number, { count: number; goods: number }>();
  for (const [item, score] of scores.entries()) {
    const group = groups.get(score) ?? { count: 0, goods: 0 };
    group.count += 1;
    group.goods += labels[item] ?? 0;
    groups.set(score, group);
  }
  const rising = [...groups].sort(([a], [b]) => a - b);
  return {
    scores: Float64Array.from(rising, ([score]) => score),
    counts: Float64Array.from(rising, ([, { count }]) => count),
    goods: Float64Array.from(rising, ([, { goods }]) => goods),
  };
}

/** How many of the rising `scores` lie below `score`: where it stands among them, or would. O(log n). */
export function placeOf(scores: Float64Array, score: number): number {
  let [from, to] = [0, scores.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((scores[middle] ?? Infinity) < score) from = middle + 1;
    else to = middle;
  }
  return from;
}
