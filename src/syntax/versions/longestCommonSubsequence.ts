/** Two sequences that differ in more places than this are another text: nothing in them is matched. */
const MOST_DIFFERENCES = 1_000;

/**
 * Index pairs of a longest common subsequence, in order; none where the two differ by more than 1,000 insertions and deletions.
 *
 * The greedy algorithm of E. Myers, "An O(ND) difference algorithm and its variations" (1986): on diagonal k = x - y it
 * keeps the furthest x that d differences reach, and goes back through what it kept.
 */
export function longestCommonSubsequence(
  left: readonly string[],
  right: readonly string[],
): readonly (readonly [number, number])[] {
  const most = Math.min(left.length + right.length, MOST_DIFFERENCES);
  const reached: Int32Array[] = [];
  // furthest[k + d + 1]: furthest x on diagonal k, where d is the number of differences of that round.
  let furthest = new Int32Array(3);
  for (let differences = 0; differences <= most; differences++) {
    const next = new Int32Array(2 * differences + 5);
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = differences === 0 ? 0 : startOn(furthest, diagonal, differences);
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x++;
      next[diagonal + differences + 2] = x;
      if (x >= left.length && x - diagonal >= right.length) return traced(reached, left, right, differences);
    }
    reached.push(next);
    furthest = next;
  }
  return [];
}

/** Where a round begins on a diagonal: below the furthest point of the one above, or right of that of the one below. */
function startOn(furthest: Int32Array, diagonal: number, differences: number): number {
  // The round before had differences-1, so its diagonal k lies at k + (differences-1) + 2.
  const at = diagonal + differences + 1;
  const above = furthest[at + 1] ?? 0;
  const below = (furthest[at - 1] ?? 0) + 1;
  if (diagonal === -differences) return above;
  if (diagonal === differences) return below;
  return Math.max(above, below);
}

function traced(
  reached: readonly Int32Array[],
  left: readonly string[],
  right: readonly string[],
  differences: number,
): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  let x = left.length;
  let diagonal = left.length - right.length;
  for (let round = differences; round >= 0; round--) {
    const before = reached[round - 1];
    const start = before === undefined ? 0 : startOn(before, diagonal, round);
    while (x > start) {
      x--;
      pairs.push([x, x - diagonal]);
    }
    if (before === undefined) break;
    const at = diagonal + round + 1;
    const isFromAbove =
      diagonal === -round || (diagonal !== round && (before[at - 1] ?? 0) + 1 < (before[at + 1] ?? 0));
    diagonal += isFromAbove ? 1 : -1;
    x = isFromAbove ? start : start - 1;
  }
  return pairs.reverse();
}
