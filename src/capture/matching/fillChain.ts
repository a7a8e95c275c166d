import { areEqual, type Run } from './equalRuns.ts';
import type { Lexemes } from './lexemes.ts';

/** A place of more pairs of lexemes is not looked into: what was written there anew is no small change. */
const MOST_PAIRS = 4096;

/** Share of a place's lexemes that must have stayed, or else it was replaced and only its signs are the same. */
const LEAST_SHARE = 0.5;

/** How far a change at the edge of a chain may reach, and how much must be the same behind it. */
const MOST_CHANGED = 3;
const LEAST_BEHIND = 3;

/**
 * Finds what is too short for a fingerprint: runs between those of a chain, and before and behind it over small changes.
 *
 *     recorded   total += item.price * item.count;
 *     text       sum   += it  .price * it  .count;     three runs, of 1, 3 and 3 lexemes
 */
export function fillChain(text: Lexemes, recorded: Lexemes, runs: readonly Run[]): readonly Run[] {
  const filled: Run[] = [];
  let [first] = runs;
  while (first !== undefined) {
    const before = runBefore(text, recorded, first);
    if (before === null) break;
    filled.unshift(before);
    first = before;
  }
  let last: Run | undefined;
  for (const run of runs) {
    if (last !== undefined) filled.push(...runsBetween(text, recorded, last, run));
    filled.push(run);
    last = run;
  }
  while (last !== undefined) {
    const behind = runBehind(text, recorded, last);
    if (behind === null) break;
    filled.push(behind);
    last = behind;
  }
  return filled;
}

function runBehind(text: Lexemes, recorded: Lexemes, { at, from, length }: Run): Run | null {
  for (const [changed, written] of CHANGES) {
    const start = at + length + changed;
    const origin = from + length + written;
    let equal = 0;
    while (start + equal < text.count && origin + equal < recorded.count) {
      if (!areEqual(text, recorded, start + equal, origin + equal)) break;
      equal++;
    }
    const isLast = equal > 0 && start + equal === text.count;
    if (equal >= LEAST_BEHIND || isLast) return { at: start, from: origin, length: equal };
  }
  return null;
}

function runBefore(text: Lexemes, recorded: Lexemes, { at, from }: Run): Run | null {
  for (const [changed, written] of CHANGES) {
    const end = at - changed;
    const origin = from - written;
    let equal = 0;
    while (equal < end && equal < origin && areEqual(text, recorded, end - equal - 1, origin - equal - 1)) equal++;
    const isFirst = equal > 0 && equal === end;
    if (equal >= LEAST_BEHIND || isFirst) return { at: end - equal, from: origin - equal, length: equal };
  }
  return null;
}

/** Lexemes of the text and of the recorded that were exchanged, small changes first. */
const CHANGES: readonly (readonly [number, number])[] = Array.from({ length: (MOST_CHANGED + 1) ** 2 }, (_, index) => {
  const changed = index % (MOST_CHANGED + 1);
  return [changed, (index - changed) / (MOST_CHANGED + 1)] as const;
}).sort(([a, b], [c, d]) => a + b - c - d || Math.abs(a - b) - Math.abs(c - d));

/** A longest common subsequence of the lexemes between two runs, as runs. */
function runsBetween(text: Lexemes, recorded: Lexemes, left: Run, right: Run): readonly Run[] {
  const at = left.at + left.length;
  const from = left.from + left.length;
  const rows = right.at - at;
  const columns = right.from - from;
  if (rows * columns === 0 || rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  // lengths[row * width + column]: of a longest one of what follows in either.
  const lengths = new Uint16Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const cell = row * width + column;
      lengths[cell] = areEqual(text, recorded, at + row, from + column)
        ? 1 + (lengths[cell + width + 1] ?? 0)
        : Math.max(lengths[cell + width] ?? 0, lengths[cell + 1] ?? 0);
    }
  }
  if ((lengths[0] ?? 0) < LEAST_SHARE * Math.max(rows, columns)) return [];
  const runs: Run[] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    const cell = row * width + column;
    if (areEqual(text, recorded, at + row, from + column)) {
      const last = runs.at(-1);
      const isNext =
        last !== undefined && last.at + last.length === at + row && last.from + last.length === from + column;
      if (isNext) runs[runs.length - 1] = { ...last, length: last.length + 1 };
      else runs.push({ at: at + row, from: from + column, length: 1 });
      row++;
      column++;
    } else if ((lengths[cell + width] ?? 0) >= (lengths[cell + 1] ?? 0)) row++;
    else column++;
  }
  return runs;
}
