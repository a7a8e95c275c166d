import type { LineRange } from './lineRange.ts';

/**
 * The lines that a patch adds, by file. Files to which it adds none are left out.
 *
 *     +++ b/name              name of the file as it is now; in quotes where it has odd characters
 *     @@ -1,2 +3,4 @@         then 2 lines of the old file and 4 of the new one, which began there as line 3, from 1
 *
 * A line of code may look like either, so the lines of a hunk are counted off unseen. As `git diff --unified=0` writes
 * it with the prefixes a/ and b/: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
 */
export function* linesOfPatch(patch: Uint8Array): Generator<[path: string, lines: readonly LineRange[]]> {
  // A byte a character: names are decoded on their own, and the code is not looked at.
  const text = Buffer.from(patch.buffer, patch.byteOffset, patch.byteLength).toString('latin1');
  let path: string | null = null;
  let lines: LineRange[] = [];
  for (let at = 0; at < text.length;) {
    const line = text.slice(at, endOfLine(text, at));
    at += line.length + 1;
    if (line.startsWith('diff --git ')) {
      if (path !== null && lines.length > 0) yield [path, lines];
      path = null;
      lines = [];
    } else if (line.startsWith('+++ ')) path = nameOf(line.slice('+++ '.length));
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const [oldCount, first, newCount] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
    if (newCount > 0) lines.push({ firstLine: first - 1, endLine: first - 1 + newCount });
    for (let rest = oldCount + newCount; rest > 0 && at < text.length; at = endOfLine(text, at) + 1) {
      // `\ No newline at end of file` stands between the two sides, and is a line of neither.
      if (text[at] !== '\\') rest--;
    }
  }
  if (path !== null && lines.length > 0) yield [path, lines];
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** The name in a `+++` line; null for the `/dev/null` of a deleted file. */
function nameOf(written: string): string | null {
  // Git ends a name with blanks in it with a tab, which is no part of it.
  const bytes = written.startsWith('"') ? unquoted(written) : written.replace(/\t$/, '');
  return bytes.startsWith('b/') ? Buffer.from(bytes.slice(2), 'latin1').toString() : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A name in quotes, as in C: each odd byte is a letter or three octal digits behind a backslash. */
function unquoted(quoted: string): string {
  return quoted
    .slice(1, quoted.lastIndexOf('"'))
    .replaceAll(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      /\d/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
    );
}
