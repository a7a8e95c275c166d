import { lineText, positionAt, type LineIndex } from '../core/lineIndex.ts';
import { columnsOf } from './columnsOf.ts';
import { visible } from './visible.ts';

/** Columns of a source line that are shown. */
const MAX_COLUMNS = 100;

/** A line of source, made visible, and where in it a part lies. */
export interface MarkedLine {
  /** From 0. */
  readonly line: number;
  /** Without most of its indentation, and cut where it is long. */
  readonly source: string;
  /** Columns of a terminal before the part, and of the part on this line; at least one. */
  readonly lead: number;
  readonly width: number;
}

/** The line on which a part of a text begins. */
export function markedLine(lines: LineIndex, part: { readonly start: number; readonly end: number }): MarkedLine {
  const start = positionAt(lines, part.start);
  const end = positionAt(lines, part.end);
  const whole = lineText(lines, start.line);
  const indent = whole.length - whole.trimStart().length;
  const shift = Math.max(0, indent - 2, start.character + 20 - MAX_COLUMNS);
  const lastCharacter = end.line === start.line ? end.character : whole.length;
  const marked = whole.slice(start.character, Math.min(lastCharacter, shift + MAX_COLUMNS));
  return {
    line: start.line,
    source: visible(whole.slice(shift, shift + MAX_COLUMNS)),
    lead: columnsOf(visible(whole.slice(shift, start.character))),
    width: Math.max(1, columnsOf(visible(marked))),
  };
}
