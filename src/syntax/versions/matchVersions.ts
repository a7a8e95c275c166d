import { areListItems } from './areListItems.ts';
import type { CodeLeaves } from '../codeLeaves.ts';
import { matchLeaves, UNMATCHED } from './matchLeaves.ts';

/** A run of leaves that could be slid further than this is of a text that repeats itself: where it stands says nothing. */
const FURTHEST_SLIDE = 200;

/**
 * Matches the leaves of two versions of a file as `matchLeaves` does, and lays what was only inserted or only deleted on
 * whole statements, members and arguments where it can: a diff alone cannot tell at which of several equal leaves a run begins.
 *
 *     if ( a ) { b }  [if ( c ) { d }]         what was inserted
 *     if ( [a ) { b }  if (] c ) { d }         what the common beginning leaves of it
 *
 * @returns for each leaf before, the index of the same leaf after, or UNMATCHED
 */
export function matchVersions(before: CodeLeaves, after: CodeLeaves): Int32Array {
  const matches = matchLeaves(before.words, after.words);
  slideRuns(before, matches);
  return slideInserted(after, matches);
}

/**
 * Lays what was inserted on whole items where it can, for matches of any earlier version.
 * @param matches for each leaf before, the index of the same leaf after, or UNMATCHED
 */
export function slideInserted(after: CodeLeaves, matches: Int32Array): Int32Array {
  const backwards = inverted(matches, after.words.length);
  slideRuns(after, backwards);
  return inverted(backwards, matches.length);
}

function inverted(matches: Int32Array, length: number): Int32Array {
  const inverse = new Int32Array(length).fill(UNMATCHED);
  for (const [index, match] of matches.entries()) if (match !== UNMATCHED) inverse[match] = index;
  return inverse;
}

/** Slides each run of unmatched leaves, beside which nothing is missing on the other side, to where it is whole items. */
function slideRuns(leaves: CodeLeaves, matches: Int32Array): void {
  const { words } = leaves;
  for (let start = 0; start < words.length; start++) {
    if (matches[start] !== UNMATCHED) continue;
    let end = start + 1;
    while (end < words.length && matches[end] === UNMATCHED) end++;
    const isPure = start === 0 || end === words.length || (matches[end] ?? 0) - (matches[start - 1] ?? 0) === 1;
    if (isPure) {
      const shift = shiftToItems(leaves, matches, start, end);
      for (let left = 0; left > shift; left--) moveMatch(matches, start + left - 1, end + left - 1);
      for (let right = 0; right < shift; right++) moveMatch(matches, end + right, start + right);
      end += Math.max(0, shift);
    }
    start = end;
  }
}

function moveMatch(matches: Int32Array, from: number, to: number): void {
  matches[to] = matches[from] ?? UNMATCHED;
  matches[from] = UNMATCHED;
}

/** How far to slide words[start .. end-1] so that it is whole items; 0 where no slide makes it so. The nearest wins. */
function shiftToItems(
  { words, ordinals, text, spans }: CodeLeaves,
  matches: Int32Array,
  start: number,
  end: number,
): number {
  const isWhole = (shift: number): boolean =>
    areListItems(text, spans, ordinals[start + shift] ?? 0, (ordinals[end + shift - 1] ?? 0) + 1);
  if (isWhole(0)) return 0;
  let [canLeft, canRight] = [true, true];
  for (let shift = 1; shift <= FURTHEST_SLIDE && (canLeft || canRight); shift++) {
    const [left, right] = [start - shift, end + shift - 1];
    canLeft &&= left >= 0 && words[left] === words[end - shift] && matches[left] !== UNMATCHED;
    canRight &&= right < words.length && words[start + shift - 1] === words[right] && matches[right] !== UNMATCHED;
    if (canLeft && isWhole(-shift)) return -shift;
    if (canRight && isWhole(shift)) return shift;
  }
  return 0;
}
