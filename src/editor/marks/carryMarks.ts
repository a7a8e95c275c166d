import type { Stretch, TextChange } from '../../capture/following/carryStretches.ts';

/**
 * Carries marks along with an edit. A mark whose text changed is gone at once: what was said of it is no longer true.
 *
 *     a = b <= c;      mark on `<=`
 *     // why           a line above: the mark moves down
 *     a = b < c;       `=` deleted: the mark is gone
 *     a = b  <= c;     white space beside it: the mark stays
 *     a = b <== c;     anything else that touches it: gone, for it may have become another token
 *
 * Takes time by marks times changes; both are few.
 */
export function carryMarks<M extends Stretch>(marks: readonly M[], changes: readonly TextChange[]): readonly M[] {
  const carried = marks.map((mark) => carryMark(mark, changes));
  return carried.every((mark, index) => mark === marks[index]) ? marks : carried.filter((mark) => mark !== null);
}

function carryMark<M extends Stretch>(mark: M, changes: readonly TextChange[]): M | null {
  let shift = 0;
  for (const { start, end, text } of changes) {
    if (end < mark.start || (end === mark.start && /(?:^|\s)$/.test(text))) shift += text.length - (end - start);
    else if (!(start > mark.end || (start === mark.end && /^(?:\s|$)/.test(text)))) return null;
  }
  return shift === 0 ? mark : { ...mark, start: mark.start + shift, end: mark.end + shift };
}
