/**
 * Where the lines of a text begin, to turn offsets into positions and back.
 *
 * Everything counts from 0 and in UTF-16 units. Lines end with \n, \r\n or a lone \r, as in an editor.
 */
export interface LineIndex {
  readonly text: string;
  /** Offset at which each line begins. There is at least one line, the first begins at 0. */
  readonly lineStarts: Uint32Array;
  /** Offset behind the last unit of each line that is not part of its ending; the text is as long as the last of them says. */
  readonly lineEnds: Uint32Array;
}

/** A place in a text as an editor says it: line and UTF-16 unit within the line, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Finds the lines of a text, in one pass. */
export function lineIndexOf(text: string): LineIndex {
  const starts = [0];
  const ends: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== LINE_FEED && unit !== CARRIAGE_RETURN) continue;
    ends.push(at);
    if (unit === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    starts.push(at + 1);
  }
  ends.push(text.length);
  return { text, lineStarts: Uint32Array.from(starts), lineEnds: Uint32Array.from(ends) };
}

/**
 * The position of an offset. An offset outside the text is taken to its nearer end, and one inside or behind a line's
 * ending to the end of the line's content, as editors do. Takes the logarithm of the number of lines.
 */
export function positionAt(index: LineIndex, offset: number): Position {
  const inside = clamp(offset, lengthOf(index));
  const line = lineAt(index.lineStarts, inside);
  const start = index.lineStarts[line] ?? 0;
  return { line, character: Math.min(inside, contentEnd(index, line)) - start };
}

/**
 * The offset of a position. A line after the last is the text's end, and a character behind a line's content is the end
 * of that content, so every position has an offset.
 */
export function offsetAt(index: LineIndex, position: Position): number {
  if (position.line >= index.lineStarts.length) return lengthOf(index);
  if (!(position.line >= 0)) return 0;
  const line = Math.floor(position.line);
  const start = index.lineStarts[line] ?? 0;
  return start + clamp(position.character, contentEnd(index, line) - start);
}

/** A line's content, without its ending; empty for a line that is not there. */
export function lineText({ text, lineStarts, lineEnds }: LineIndex, line: number): string {
  return text.slice(lineStarts[line] ?? text.length, lineEnds[line]);
}

/** Index of the last line that begins at or before `offset`. */
function lineAt(lineStarts: Uint32Array, offset: number): number {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function contentEnd({ lineEnds }: LineIndex, line: number): number {
  return lineEnds[line] ?? 0;
}

function lengthOf({ lineEnds }: LineIndex): number {
  return lineEnds.at(-1) ?? 0;
}

function clamp(value: number, highest: number): number {
  // NaN compares false with everything, and becomes 0.
  return value > 0 ? Math.min(Math.floor(value), highest) : 0;
}
