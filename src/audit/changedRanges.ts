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
  const [old, edited] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, edited.length);
  let head = 0;
  while (head < shorter && old[head] === edited[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === edited.at(-1 - tail)) tail++;
  const endOfEdit = old.length - tail;
  const shift = edited.length - old.length;
  return [
    ...lines.map(({ firstLine, endLine }) => ({ firstLine, endLine: Math.min(endLine, head) })),
    { firstLine: head, endLine: edited.length - tail },
    ...lines.map(({ firstLine, endLine }) => ({
      firstLine: Math.max(firstLine, endOfEdit) + shift,
      endLine: endLine + shift,
    })),
  ].filter(({ firstLine, endLine }) => firstLine < endLine);
}

/** Offsets at which lines begin. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
