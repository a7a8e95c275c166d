import type { SpanTable } from '../../src/core/spanTable.ts';

/** A stretch [start, end) of a text, in UTF-16 units. */
export interface Hole {
  readonly start: number;
  readonly end: number;
}

/** Longer stretches are files, not completions. */
const MOST_CHARACTERS = 800;

/**
 * Statements of a text: nodes that begin the first line and end the last line they stand on, white space aside, in the order
 * of the text. What an editor's completion writes is one of them, or several in a row.
 *
 *     if (a) {        the whole `if`, from its first character to its brace
 *       b();          and `b();` in it
 *     }
 */
export function statementHoles(spans: SpanTable, text: string): Hole[] {
  const holes: Hole[] = [];
  for (let index = 1; index < spans.length; index++) {
    const [start = 0, end = 0] = [spans.starts[index], spans.ends[index]];
    const last = holes.at(-1);
    // A statement, and the expression that is all of it but its semicolon, are one.
    if (last?.start === start && /^[\s;,]*$/.test(text.slice(end, last.end))) continue;
    if (end - start > 3 && end - start <= MOST_CHARACTERS && beginsLine(text, start) && endsLine(text, end))
      holes.push({ start, end });
  }
  return holes;
}

function beginsLine(text: string, at: number): boolean {
  return /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
}

function endsLine(text: string, at: number): boolean {
  const lineEnd = text.indexOf('\n', at);
  return /^[ \t\r;,]*$/.test(text.slice(at, lineEnd === -1 ? text.length : lineEnd));
}
