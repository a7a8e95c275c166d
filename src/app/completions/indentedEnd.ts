import type { StatementEnd, Written } from './statementEnd.ts';

/** What goes on with a statement, however far it is indented: brackets, and the words that begin another branch. */
const GOES_ON =
  /^(?:[\])}>;,]|\{$|(?:end|else|elif|elsif|elseif|catch|except|rescue|finally|ensure|when|case|default|then|do|done|fi|esac)\b)/;

/**
 * What `statementEnd` tells, by indentation: for a text without a grammar, or where the parser could not make sense of it. A statement
 * is a line with those after it that are indented deeper or close what it opened. Where the first line is indented deeper than those
 * around it, it begins a block.
 */
export function indentedEnd(text: string, written: Written): StatementEnd {
  const lineStart = text.lastIndexOf('\n', written.start - 1) + 1;
  const wholeEnds: number[] = [];
  let least: number | null = null;
  let at = lineStart;
  for (const line of text.slice(lineStart, written.end).split(/(?<=\n)/)) {
    const visible = line.trim();
    const end = at + line.trimEnd().length;
    if (visible !== '' && end > written.start) {
      const indent = indentOf(line);
      const goesOn = least === null || indent >= least || GOES_ON.test(visible);
      if (!goesOn) return { end: wholeEnds.at(-1) ?? null, wholeEnds };
      least ??= beginsBlock(text, at, written.end, indent) ? indent : indent + 1;
      wholeEnds.push(end);
    }
    at += line.length;
  }
  return { end: null, wholeEnds };
}

/** Whether a line of that indentation stands deeper than the last one before `start`, and than the first one after `end`. */
function beginsBlock(text: string, start: number, end: number, indent: number): boolean {
  const isVisible = (line: string): boolean => line.trim() !== '';
  const before = text.slice(0, start).split('\n').findLast(isVisible);
  const [, ...linesAfter] = text.slice(end).split('\n');
  const after = linesAfter.find(isVisible);
  return before !== undefined && indentOf(before) < indent && (after === undefined || indentOf(after) < indent);
}

/** Units of white space at the beginning of a line. */
function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
