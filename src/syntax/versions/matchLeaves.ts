import { longestCommonSubsequence } from './longestCommonSubsequence.ts';

/** No leaf of the other version. */
export const UNMATCHED = -1;

/** Shingles that occur once in both versions anchor the match: long ones first, for they are no accident. */
const LONGEST_SHINGLE = 8;

/**
 * Matches the leaves of two versions of a text in order: for each leaf before, the index of the same leaf after, or
 * UNMATCHED. Matches never cross.
 *
 *     before   f ( a , b ) { return a }
 *              | | |     | | |        |
 *     after    f ( a     ) { log ( ) return a }      the outer ends first, then what occurs once on both sides, then
 *                                                    the longest common subsequence of what little is left
 *
 * A patience diff (B. Cohen) over shingles of leaves instead of lines, so that where lines break does not matter.
 */
export function matchLeaves(before: readonly string[], after: readonly string[]): Int32Array {
  const matches = new Int32Array(before.length).fill(UNMATCHED);
  // By a stack, for a text may be cut thousands of times.
  const stack: Stretch[] = [
    { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length, shingle: LONGEST_SHINGLE },
  ];
  for (let stretch = stack.pop(); stretch !== undefined; stretch = stack.pop()) {
    const rest = matchEnds(before, after, stretch, matches);
    if (rest.beforeStart === rest.beforeEnd || rest.afterStart === rest.afterEnd) continue;
    const anchors = anchorsOf(before, after, rest);
    if (anchors.length > 0) stack.push(...between(rest, anchors));
    else if (rest.shingle > 1) stack.push({ ...rest, shingle: rest.shingle >> 1 });
    else {
      const pairs = longestCommonSubsequence(
        before.slice(rest.beforeStart, rest.beforeEnd),
        after.slice(rest.afterStart, rest.afterEnd),
      );
      for (const [one, other] of pairs) matches[rest.beforeStart + one] = rest.afterStart + other;
    }
  }
  return matches;
}

/** before[beforeStart .. beforeEnd-1] is to be matched with after[afterStart .. afterEnd-1]. */
interface Stretch {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
  /** Number of leaves in an anchor. */
  readonly shingle: number;
}

/** Matches what a stretch begins and ends with on both sides; the rest of it. */
function matchEnds(
  before: readonly string[],
  after: readonly string[],
  stretch: Stretch,
  matches: Int32Array,
): Stretch {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = stretch;
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeStart] === after[afterStart]) {
    matches[beforeStart++] = afterStart++;
  }
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeEnd - 1] === after[afterEnd - 1]) {
    matches[--beforeEnd] = --afterEnd;
  }
  return { beforeStart, beforeEnd, afterStart, afterEnd, shingle: stretch.shingle };
}

type Pair = readonly [before: number, after: number];

/** Starts of shingles that occur once on each side, the longest sequence of them that does not cross. */
function anchorsOf(before: readonly string[], after: readonly string[], stretch: Stretch): readonly Pair[] {
  const { beforeStart, beforeEnd, afterStart, afterEnd, shingle } = stretch;
  const onceBefore = onceOf(before, beforeStart, beforeEnd, shingle);
  const onceAfter = onceOf(after, afterStart, afterEnd, shingle);
  const pairs: Pair[] = [];
  for (const [key, start] of onceBefore) {
    const other = onceAfter.get(key);
    if (start !== MANY && other !== undefined && other !== MANY) pairs.push([start, other]);
  }
  return longestIncreasing(pairs);
}

/** Stands for the start of a shingle that occurs more than once. */
const MANY = -1;

/** Start of each shingle in words[start .. end-1], in order; MANY for those that occur again. */
function onceOf(words: readonly string[], start: number, end: number, shingle: number): Map<string, number> {
  const starts = new Map<string, number>();
  for (let at = start; at + shingle <= end; at++) {
    const key = shingle === 1 ? (words[at] ?? '') : words.slice(at, at + shingle).join('\0');
    starts.set(key, starts.has(key) ? MANY : at);
  }
  return starts;
}

/** The longest of the subsequences of pairs, which rise on the left, that rise on the right too (patience sorting). */
function longestIncreasing(pairs: readonly Pair[]): readonly Pair[] {
  // tops[k]: index of the pair with the lowest right side that ends a rising sequence of k+1 pairs.
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  const rightOf = (index: number | undefined): number => pairs[index ?? -1]?.[1] ?? -1;
  for (let index = 0; index < pairs.length; index++) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rightOf(tops[middle]) < rightOf(index)) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  }
  const longest: Pair[] = [];
  for (let index = tops.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) longest.push(pair);
  }
  return longest.reverse();
}

/** The stretches that anchors cut a stretch into; each begins with its anchor, which `matchEnds` will match. */
function between(stretch: Stretch, anchors: readonly Pair[]): Stretch[] {
  const cuts: readonly Pair[] = [
    [stretch.beforeStart, stretch.afterStart],
    ...anchors,
    [stretch.beforeEnd, stretch.afterEnd],
  ];
  return cuts.slice(1).map(([beforeEnd, afterEnd], index) => {
    const [beforeStart = 0, afterStart = 0] = cuts[index] ?? [];
    return { beforeStart, beforeEnd, afterStart, afterEnd, shingle: stretch.shingle };
  });
}
