import { CandorError } from '../../core/candorError.ts';
import { offsetAt, type LineIndex } from '../../core/lineIndex.ts';
import type { TextRange } from '../../engines/engine.ts';

/** Lines that an agent asks about, from 0, the last one included. */
export interface AskedLines {
  readonly startLine?: number | undefined;
  readonly endLine?: number | undefined;
}

/**
 * Lines as a stretch of their text: a start alone is that one line, an end alone all up to it, neither is the whole text.
 * @throws CandorError `bad-call` for lines that the text does not have
 */
export function touchedLines(lines: LineIndex, { startLine, endLine = startLine }: AskedLines): TextRange {
  const last = lines.lineStarts.length - 1;
  const [first, end] = [startLine ?? 0, endLine ?? last];
  if (first > end) {
    throw new CandorError('bad-call', `The lines ${first} to ${end} run backwards. Give startLine before endLine.`);
  }
  if (first > last) {
    throw new CandorError(
      'bad-call',
      `There is no line ${first}: the last one is ${last}, counted from 0. Name others.`,
    );
  }
  return {
    start: offsetAt(lines, { line: first, character: 0 }),
    end: offsetAt(lines, { line: end + 1, character: 0 }),
  };
}
