import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import { matchVersions } from '../../syntax/versions/matchVersions.ts';
import { UNMATCHED } from '../../syntax/versions/matchLeaves.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';

/** What became of the lines of a file from one version to the next, leaf by leaf: how they are laid out does not count. */
export interface FixedLines {
  /** Lines of the version before, from 0, of which something was changed or deleted, or to which something was added. */
  readonly changed: ReadonlySet<number>;
  /** Lines of the version before in front of which whole lines were inserted. */
  readonly insertedBefore: ReadonlySet<number>;
  /** Lines of the version after with something new on them. */
  readonly fresh: ReadonlySet<number>;
  /** The leaves before that were touched, or stand right beside what was inserted: indices into `before`. */
  readonly touched: ReadonlySet<number>;
}

/**
 * Compares two versions of a file line by line. A line that holds nothing but punctuation says nothing alone: it is neither
 * changed nor new. A leaf over several lines, as the text of a docstring, is passed over where it changed, for it does not
 * say in which of them.
 *
 *     return a;      ->   return a + b;          changed
 *     foo();         ->   check(); foo();        inserted before, if on a line of its own; else changed
 *     }              ->   } else { bar(); }      inserted before what follows
 */
export function fixedLines(before: CodeLeaves, after: CodeLeaves): FixedLines {
  const matches = matchVersions(before, after);
  const backward = new Int32Array(after.words.length).fill(UNMATCHED);
  for (const [leaf, match] of matches.entries()) if (match !== UNMATCHED) backward[match] = leaf;
  const [lineBefore, lineAfter] = [linesOf(before), linesOf(after)];
  const [wordyBefore, wordyAfter] = [wordyLines(before, lineBefore), wordyLines(after, lineAfter)];
  const changed = new Set<number>();
  const insertedBefore = new Set<number>();
  const touched = new Set<number>();
  const addLine = (leaf: number): boolean => {
    const line = lineBefore[leaf] ?? 0;
    touched.add(leaf);
    if (wordyBefore.has(line)) changed.add(line);
    return wordyBefore.has(line);
  };

  for (const [leaf, match] of matches.entries()) {
    if (match !== UNMATCHED) continue;
    if (isOnOneLine(before, leaf)) addLine(leaf);
    else touched.add(leaf);
  }
  for (const [start, end] of runsOf(backward)) {
    const previous = start === 0 ? -1 : (backward[start - 1] ?? UNMATCHED);
    const next = backward[end] ?? before.words.length;
    // What replaced something is told by what is gone.
    if (next - previous !== 1) continue;
    const isInside = previous >= 0 && lineBefore[previous] === lineBefore[next];
    const goesOn = previous >= 0 && lineAfter[start - 1] === lineAfter[start];
    const leadsOn = next < before.words.length && lineAfter[end - 1] === lineAfter[end];
    if ((isInside || goesOn) && addLine(previous)) continue;
    if (leadsOn && addLine(next)) continue;
    if (next < before.words.length) insertedBefore.add(lineBefore[next] ?? 0);
    for (const leaf of [previous, next]) touched.add(leaf);
  }
  const fresh = new Set(
    Array.from(backward.keys())
      .filter((leaf) => backward[leaf] === UNMATCHED)
      .map((leaf) => lineAfter[leaf] ?? 0)
      .filter((line) => wordyAfter.has(line)),
  );
  return { changed, insertedBefore, fresh, touched };
}

function linesOf({ text, spans, ordinals }: CodeLeaves): readonly number[] {
  const index = lineIndexOf(text);
  return Array.from(ordinals, (ordinal) => positionAt(index, spans.starts[spans.leaves[ordinal] ?? 0] ?? 0).line);
}

function isOnOneLine({ text, spans, ordinals }: CodeLeaves, leaf: number): boolean {
  const span = spans.leaves[ordinals[leaf] ?? 0] ?? 0;
  return !/[\r\n]/.test(text.slice(spans.starts[span], spans.ends[span]));
}

/** The lines on which a leaf with a letter or a digit begins. */
function wordyLines({ words }: CodeLeaves, lines: readonly number[]): ReadonlySet<number> {
  return new Set(lines.filter((_, leaf) => /[\p{L}\p{N}]/u.test(words[leaf] ?? '')));
}

/** Runs start .. end-1 of leaves that match nothing. */
function* runsOf(matches: Int32Array): Generator<readonly [start: number, end: number]> {
  for (let start = 0; start < matches.length; start++) {
    if (matches[start] !== UNMATCHED) continue;
    let end = start + 1;
    while (end < matches.length && matches[end] === UNMATCHED) end++;
    yield [start, end];
    start = end;
  }
}
