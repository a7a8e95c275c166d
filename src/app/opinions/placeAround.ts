import { lineIndexOf, offsetAt, positionAt, type LineIndex } from '../../core/lineIndex.ts';
import type { SpanTable } from '../../core/spanTable.ts';
import type { TextRange } from '../../engines/engine.ts';
import { statementsWritten } from '../completions/statementEnd.ts';

/** A stretch of a text that is written again, to be compared with what stands there. */
export interface OpinionPlace extends TextRange {
  /** `line`: up to a line's end, where a whole statement would be too long. */
  readonly kind: 'statement' | 'line';
}

/** A longer statement takes an engine long, and no two samples of it are alike. */
const MOST_LINES = 12;

/**
 * What an engine is asked to write once more when a person doubts a stretch: the innermost statement that the stretch begins in. Of one of
 * more than 12 lines, as a function whose head is in doubt, the line of the stretch alone.
 *
 *     if (a <= b) {          `<=` in doubt:  if (a <= b) { ... }, whole, for it is short
 *       total += a;          `+=` in doubt:  total += a;
 *     }
 *
 * @param spans null where there is no tree: the line
 * @returns null for a stretch of a blank line
 */
export function placeAround(text: string, spans: SpanTable | null, stretch: TextRange): OpinionPlace | null {
  const lines = lineIndexOf(text);
  const written = { start: stretch.start, end: Math.max(stretch.end, stretch.start + 1) };
  const statement = spans === null ? undefined : statementsWritten(spans, written)?.statements[0];
  const line = lineAround(text, lines, stretch.start);
  if (spans === null || statement === undefined) return line;
  const [start, end] = [spans.starts[statement] ?? 0, spans.ends[statement] ?? 0];
  const height = positionAt(lines, end).line - positionAt(lines, start).line + 1;
  if (height <= MOST_LINES) return { kind: 'statement', start, end };
  return line && { ...line, start: Math.max(line.start, start) };
}

/** The line of an offset without the white space around it. */
function lineAround(text: string, lines: LineIndex, offset: number): OpinionPlace | null {
  const { line } = positionAt(lines, offset);
  const from = offsetAt(lines, { line, character: 0 });
  const content = text.slice(from, lines.lineStarts[line + 1] ?? text.length);
  const start = from + content.search(/\S/);
  return start < from ? null : { kind: 'line', start, end: from + content.trimEnd().length };
}
