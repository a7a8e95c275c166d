import type { TextRange } from '../engines/engine.ts';
import type { LineRange } from '../history/lineRange.ts';

/** The ranges of a text that lines take, their endings included. Lines end with \n, as git counts them. */
export function rangesOfLines(text: string, lines: readonly LineRange[]): readonly TextRange[] {
  const starts = lineStarts(text);
  return lines
    .map(({ firstLine, endLine }) => ({
      start: starts[firstLine] ?? text.length,
      end: starts[endLine] ?? text.length,
    }))
    .filter(({ start, end }) => start < end);
}

/**
 * Lines of a text that was edited since: those behind the edit move along, and what was edited is changed itself.
 *
 *     before   a B c d     B changed; then x y are typed for c:
 *     after    a B x y d   B x y changed
 */
export function linesAfterEdit(before: string, after: string, lines: readonly LineRange[]): readonly LineRange[] {
  const { head, tail, oldCount, newCount } = editBetween(before, after);
  const left = linesAround(head, oldCount - tail, newCount - oldCount, lines);
  return [...left.before, { firstLine: head, endLine: newCount - tail }, ...left.behind].filter(isSome);
}

/** The same without what was edited: of the lines those that are left, moved along with the text. */
export function linesLeftByEdit(before: string, after: string, lines: readonly LineRange[]): readonly LineRange[] {
  const { head, tail, oldCount, newCount } = editBetween(before, after);
  const left = linesAround(head, oldCount - tail, newCount - oldCount, lines);
  return [...left.before, ...left.behind].filter(isSome);
}

/** How many lines at the head and the tail of two versions are the same. */
function editBetween(
  before: string,
  after: string,
): { readonly head: number; readonly tail: number; readonly oldCount: number; readonly newCount: number } {
  const [old, edited] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, edited.length);
  let head = 0;
  while (head < shorter && old[head] === edited[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === edited.at(-1 - tail)) tail++;
  return { head, tail, oldCount: old.length, newCount: edited.length };
}

function linesAround(
  head: number,
  endOfEdit: number,
  shift: number,
  lines: readonly LineRange[],
): { readonly before: readonly LineRange[]; readonly behind: readonly LineRange[] } {
  return {
    before: lines.map(({ firstLine, endLine }) => ({ firstLine, endLine: Math.min(endLine, head) })),
    behind: lines.map(({ firstLine, endLine }) => ({
      firstLine: Math.max(firstLine, endOfEdit) + shift,
      endLine: endLine + shift,
    })),
  };
}

function isSome({ firstLine, endLine }: LineRange): boolean {
  return firstLine < endLine;
}

/** Offsets at which lines begin. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
