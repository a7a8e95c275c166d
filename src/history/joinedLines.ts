import type { LineRange } from './lineRange.ts';

/** The same lines in order, each range as long as can be, and nothing twice. */
export function joinedLines(lines: readonly LineRange[]): readonly LineRange[] {
  const ranges: { firstLine: number; endLine: number }[] = [];
  for (const { firstLine, endLine } of lines.toSorted((one, other) => one.firstLine - other.firstLine)) {
    const last = ranges.at(-1);
    if (last !== undefined && firstLine <= last.endLine) last.endLine = Math.max(last.endLine, endLine);
    else ranges.push({ firstLine, endLine });
  }
  return ranges;
}
