import { longestCommonSubsequence } from '../../syntax/versions/longestCommonSubsequence.ts';
import type { Stretch } from '../following/carryStretches.ts';
import type { TextEdit } from '../provenance/editEvent.ts';

/**
 * What an edit brought that was not there: whoever rewrites a function writes most of it again as it was.
 *
 *     removed    a      inserted   a        the lines that both have, in order, are left out
 *                b                 x  <-    new
 *                c                 c
 *
 * @returns stretches of the inserted text, whole lines unless the first or the last begins or ends inside of one
 */
export function newStretches({ removed, inserted }: Pick<TextEdit, 'removed' | 'inserted'>): readonly Stretch[] {
  if (inserted.trim() === '') return [];
  if (removed.trim() === '') return [{ start: 0, end: inserted.length }];
  const lines = linesOf(inserted);
  const texts = lines.map(({ start, end }) => inserted.slice(start, end).trim());
  const before = linesOf(removed).map(({ start, end }) => removed.slice(start, end).trim());
  const isOld = new Set(longestCommonSubsequence(before, texts).map(([, line]) => line));
  const stretches: Stretch[] = [];
  for (const [index, line] of lines.entries()) {
    if (isOld.has(index) || texts[index] === '') continue;
    const last = stretches.at(-1);
    if (last?.end === line.start) stretches[stretches.length - 1] = { start: last.start, end: line.end };
    else stretches.push(line);
  }
  return stretches;
}

/** Each line with its line break. */
function linesOf(text: string): readonly Stretch[] {
  const lines: Stretch[] = [];
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    lines.push({ start, end });
    start = end;
  }
  return lines;
}
