import type { LineRange } from './lineRange.ts';
import { readPatch, type Hunk } from './readPatch.ts';

/**
 * The lines that a patch adds, by file, as git writes it with the prefixes a/ and b/. Files to which it adds none are left out.
 */
export function* linesOfPatch(patch: Uint8Array): Generator<[path: string, lines: readonly LineRange[]]> {
  for (const { newName, hunks } of readPatch(patch)) {
    const lines = hunks.flatMap(addedLines);
    if (newName !== null && lines.length > 0) yield [newName.replace(/^b\//, ''), lines];
  }
}

/** The lines of the new file that a hunk adds. */
export function addedLines({ firstLine, lines }: Hunk): readonly LineRange[] {
  const ranges: { firstLine: number; endLine: number }[] = [];
  for (const [index, { isAdded }] of lines.entries()) {
    const line = firstLine + index;
    const last = ranges.at(-1);
    if (!isAdded) continue;
    if (last?.endLine === line) last.endLine++;
    else ranges.push({ firstLine: line, endLine: line + 1 });
  }
  return ranges;
}
