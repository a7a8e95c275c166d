import type { ProjectFile } from './stubRequest.ts';

/** The step of indentation of the first text that has one; `usual` where none has. */
export function indentOf(texts: readonly string[], usual: string): string {
  for (const text of texts) {
    const step = /^(\t| {2,8})(?=[^\s*])/m.exec(text)?.[1];
    if (step !== undefined) return step;
  }
  return usual;
}

/** How often a pattern is found in all texts together. The pattern is a global one. */
export function countIn(files: readonly ProjectFile[], pattern: RegExp): number {
  return files.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0);
}

/** Lines, each but empty ones behind one more indentation. */
export function indented(lines: readonly string[], step: string): readonly string[] {
  return lines.map((line) => (line === '' ? line : step + line));
}

/** Where a text ends, for something that is put there: behind its last line. */
export function endOf(text: string): number {
  return text.length;
}

/** Where the last class of a text closes, at the beginning of that line; null where none can be seen to. */
export function endOfLastClass(text: string): number | null {
  const last = [...text.matchAll(/^([ \t]*)(?:[a-z]+[ \t]+)*(?:class|record|struct)\s+\w/gm)].at(-1);
  if (last === undefined) return null;
  const closing = new RegExp(`^${last[1] ?? ''}\\}`, 'm');
  const found = closing.exec(text.slice(last.index));
  return found === null ? null : last.index + found.index;
}
