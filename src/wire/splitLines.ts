/**
 * Splits a text that comes in pieces into lines. Lines end with CR, LF or CR LF, as in event streams; a piece may end
 * anywhere, between CR and LF as well.
 */

/** What is carried from one piece to the next. */
export interface LineState {
  /** The beginning of the line that has not ended yet; null when it is too long already. */
  readonly rest: Line;
  /** Whether the last piece ended with CR: an LF that follows belongs to it. */
  readonly afterReturn: boolean;
}

/** A line without its end; null for one that was longer than allowed. */
export type Line = string | null;

export const NO_LINE: LineState = { rest: '', afterReturn: false };

/** The lines that end in a piece. Takes time in proportion to the piece: what is carried is not looked at again. */
export function splitLines(
  { rest, afterReturn }: LineState,
  piece: string,
  mostUnits: number,
): { readonly state: LineState; readonly lines: readonly Line[] } {
  if (piece === '') return { state: { rest, afterReturn }, lines: [] };
  const text = afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
  const lines: Line[] = [];
  let line = rest;
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push(append(line, text.slice(start, index), mostUnits));
    line = '';
    start = index + end.length;
  }
  return {
    state: { rest: append(line, text.slice(start), mostUnits), afterReturn: piece.endsWith('\r') },
    lines,
  };
}

function append(line: Line, more: string, mostUnits: number): Line {
  return line === null || line.length + more.length > mostUnits ? null : line + more;
}
