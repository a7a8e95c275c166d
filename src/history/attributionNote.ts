import type { LineRange } from './lineRange.ts';

/** Where git-ai keeps its notes. */
export const ATTRIBUTION_REF = 'refs/notes/ai';

/**
 * The lines that a note of git-ai says a model wrote, by the file's path in the commit that the note is of:
 *
 *     src/main.rs                                    a path, in quotes where it has blanks
 *       s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10,15   a session of a tool, and lines from 1
 *       c9883b05a2487d6d 20                          the same in older notes
 *       h_a1b2c3d4e5f678 30-31                       a person
 *     ---                                            then JSON, which says more of the sessions
 *
 * https://github.com/git-ai-project/git-ai, schema `authorship/3.0.0`
 *
 * @returns null for what is no such note
 */
export function parseAttributionNote(note: string): ReadonlyMap<string, readonly LineRange[]> | null {
  const lines = note.split(/\r?\n/);
  const end = lines.indexOf('---');
  if (end === -1) return null;
  const found = new Map<string, LineRange[]>();
  let ranges: LineRange[] | null = null;
  for (const line of lines.slice(0, end)) {
    const [, session = '', numbers = ''] = /^\s+(\S+)\s+([\d,\s-]+)$/.exec(line) ?? [];
    if (line.trim() === '') continue;
    if (session === '') {
      if (/^\s/.test(line)) return null;
      ranges = [];
      found.set(line.replace(/^"(.*)"$/, '$1'), ranges);
    } else if (ranges === null) return null;
    else if (!session.startsWith('h_')) ranges.push(...rangesIn(numbers));
  }
  return found;
}

function rangesIn(numbers: string): readonly LineRange[] {
  return Array.from(numbers.matchAll(/(\d+)(?:-(\d+))?/g), ([, first = '', last = first]) => ({
    firstLine: Number(first) - 1,
    endLine: Number(last),
  }));
}
