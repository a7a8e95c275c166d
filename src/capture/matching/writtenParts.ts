import type { Stretch } from '../following/carryStretches.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';

/** A line is read so far to see whether it is a mark. */
const LONGEST_MARK = 80;

const SEARCH = /^(?:<{5,9}|-{5,9}) ?SEARCH\b/;
const DIVIDER = /^={5,9}\s*$/;
const REPLACED = /^(?:>{5,9}|\+{5,9}) ?REPLACE\b/;
const FENCE = /^ {0,3}(?:`{3,}|~{3,})\s*([\w+-]*)/;
const HUNK = /^@@ |^@@\s*$|^\*\*\* (?:Begin Patch|Add File|Update File)/;
const DIFF = /^(?:diff|patch|udiff)$/i;
const ADDED = /^\+(?!\+\+ )/;
const END_OF_PATCH = '*** End Patch';

/**
 * The stretches of a generation that may come to stand in a document as they are.
 *
 *     code                     all of it
 *     an answer with fences    what is in the fences
 *     search/replace blocks    without the SEARCH half, which the document has already
 *     unified diffs, patches   what the `+` lines add, without the `+`
 *
 * A diff is a fence that calls itself `diff` or `patch`, or what follows on an `@@` line.
 *
 * @returns rising stretches in UTF-16 units, each within a line in a diff
 */
export function writtenParts({ kind, scored: { text } }: RecordedGeneration): readonly Stretch[] {
  // Prose with code is an answer; a file that a tool writes may well be Markdown.
  const isAnswer = kind === 'content' && /^ {0,3}(?:`{3}|~{3})/m.test(text);
  const parts: Stretch[] = [];
  let place: Place = isAnswer ? 'prose' : 'code';
  // What a block stands in: it goes on behind it.
  let around: Place = place;
  for (let start = 0, end = 0; start < text.length; start = end) {
    const newline = text.indexOf('\n', start);
    end = newline === -1 ? text.length : newline + 1;
    const line = text.slice(start, Math.min(end, start + LONGEST_MARK)).trimEnd();
    const next: Place | null = REPLACED.test(line) ? around : placeAfter(line, place, isAnswer);
    if (next === 'search') around = place;
    if (next !== null) place = next;
    else if (place === 'code' || place === 'replace') {
      const last = parts.at(-1);
      if (last?.end === start) parts[parts.length - 1] = { start: last.start, end };
      else parts.push({ start, end });
    } else if (place.endsWith('diff') && ADDED.test(line)) parts.push({ start: start + 1, end });
  }
  return parts;
}

/** `prose`: of an answer with fences, outside of them. */
type Place = 'prose' | 'code' | 'search' | 'replace' | 'diff' | 'fenced diff';

/** Where the lines stand that follow on a mark; null for a line that is none. */
function placeAfter(line: string, place: Place, isAnswer: boolean): Place | null {
  if (place === 'search') return DIVIDER.test(line) ? 'replace' : null;
  if (place === 'replace') return null;
  if (SEARCH.test(line)) return 'search';
  if (line.startsWith(END_OF_PATCH)) return isAnswer ? 'prose' : 'code';
  // In a diff a fence that is indented is a line of the file.
  const fence = !isAnswer || (place.endsWith('diff') && line.startsWith(' ')) ? null : FENCE.exec(line);
  if (fence !== null && place !== 'prose' && place !== 'diff') return 'prose';
  if (fence !== null) return DIFF.test(fence[1] ?? '') ? 'fenced diff' : 'code';
  return place !== 'fenced diff' && HUNK.test(line) ? 'diff' : null;
}
