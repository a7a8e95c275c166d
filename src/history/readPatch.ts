import { CandorError } from '../core/candorError.ts';
import { unquotedName } from './unquotedName.ts';

/** What a patch does to one file. */
export interface PatchedFile {
  /** As the patch has it, with its prefix; null: there was none. */
  readonly oldName: string | null;
  /** As the patch has it, with its prefix; null: it is deleted. */
  readonly newName: string | null;
  /** Whether the patch only says that the file is another one, as of what is binary. */
  readonly isBinary: boolean;
  /** In order of the file. */
  readonly hunks: readonly Hunk[];
}

/** A stretch of a file as the patch leaves it. */
export interface Hunk {
  /** From 0, in the new file. */
  readonly firstLine: number;
  /** Lines of the new file; those of the old one alone are left out. */
  readonly lines: readonly HunkLine[];
}

export interface HunkLine {
  /** A byte a character, without the line's ending \n. */
  readonly bytes: string;
  readonly isAdded: boolean;
}

type Draft = { -readonly [Key in keyof PatchedFile]: PatchedFile[Key] } & { readonly hunks: Hunk[] };

/**
 * What a unified diff does, file by file, as git writes it and as `diff -u` does:
 *
 *     diff --git a/name b/name    of git alone
 *     --- a/name                  name of the file as it was; in quotes where it has odd characters
 *     +++ b/name                  name of the file as it is now; behind a tab a date may stand
 *     @@ -1,2 +3,4 @@             then 2 lines of the old file and 4 of the new one, which begin there as line 3, from 1
 *
 * A line of code may look like any of these, so the lines of a hunk are counted off. Words around, as in a mail, are passed
 * over. https://git-scm.com/docs/diff-format#generate_patch_text_with_p
 *
 * @throws CandorError `bad-input` where a hunk breaks off, or the patch is that of a merge with all of its parents
 */
export function* readPatch(patch: Uint8Array): Generator<PatchedFile> {
  // A byte a character: names are decoded on their own, and code may be in any encoding.
  const text = Buffer.from(patch.buffer, patch.byteOffset, patch.byteLength).toString('latin1');
  let file: Draft | null = null;
  let oldName: string | null = null;
  for (let at = 0; at < text.length;) {
    const raw = text.slice(at, endOfLine(text, at));
    const line = raw.replace(/\r$/, '');
    at += raw.length + 1;
    if (/^diff --(?:cc|combined) |^@@@+ /.test(line)) throw ofMerge();
    if (line.startsWith('diff --git ')) {
      if (file !== null) yield file;
      const [before, after] = namesOf(line.slice('diff --git '.length));
      file = { oldName: before, newName: after, isBinary: false, hunks: [] };
    } else if (line.startsWith('--- ')) oldName = nameOf(line.slice('--- '.length));
    else if (line.startsWith('+++ ')) {
      if (file !== null && saysMoreThanHeader(file)) yield file;
      file = { oldName, newName: nameOf(line.slice('+++ '.length)), isBinary: false, hunks: [] };
    } else if (line === 'GIT binary patch' && file !== null) file.isBinary = true;
    const binary = /^Binary files (.+) and (.+) differ$/.exec(line);
    if (binary !== null) {
      if (file !== null && saysMoreThanHeader(file)) yield file;
      const [before, after] = [nameOf(binary[1] ?? ''), nameOf(binary[2] ?? '')];
      file = { oldName: before, newName: after, isBinary: true, hunks: [] };
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null || file === null) continue;
    const [first, oldCount, newCount] = [Number(hunk[2]), Number(hunk[1] ?? 1), Number(hunk[3] ?? 1)];
    const { lines, end } = linesOfHunk(text, at, oldCount, newCount);
    at = end;
    if (newCount > 0) file.hunks.push({ firstLine: first - 1, lines });
  }
  if (file !== null) yield file;
}

/** Whether a file is over; otherwise what follows is of the file that git's header has named. */
function saysMoreThanHeader({ hunks, isBinary }: PatchedFile): boolean {
  return hunks.length > 0 || isBinary;
}

/** Reads so many lines of each side; a line that is in both counts for each. */
function linesOfHunk(
  text: string,
  from: number,
  oldCount: number,
  newCount: number,
): { readonly lines: readonly HunkLine[]; readonly end: number } {
  const lines: HunkLine[] = [];
  let [at, oldRest, newRest] = [from, oldCount, newCount];
  while (oldRest > 0 || newRest > 0) {
    if (at >= text.length) throw broken();
    const end = endOfLine(text, at);
    const sign = text[at];
    // Some programs take the blank of an empty line away.
    const isEmpty = end === at || (end === at + 1 && sign === '\r');
    if (sign === '+') newRest--;
    else if (sign === '-') oldRest--;
    else if (sign === ' ' || isEmpty) [oldRest, newRest] = [oldRest - 1, newRest - 1];
    // `\ No newline at end of file` stands between the two sides, and is a line of neither.
    else if (sign !== '\\') throw broken();
    if (oldRest < 0 || newRest < 0) throw broken();
    if (sign === '+' || sign === ' ' || isEmpty) {
      lines.push({ bytes: text.slice(isEmpty ? at : at + 1, end), isAdded: sign === '+' });
    }
    at = end + 1;
  }
  return { lines, end: at };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** The name in a `---` or `+++` line; null for the `/dev/null` of a file that is not there. */
function nameOf(written: string): string | null {
  // Git ends a name with blanks in it with a tab, `diff` puts the date behind one.
  const bytes = written.startsWith('"') ? unquotedName(written) : written.replace(/\t.*$/, '');
  return bytes === '/dev/null' ? null : Buffer.from(bytes, 'latin1').toString();
}

/** The names behind `diff --git`, which stay where there is nothing to compare by line; null where they cannot be told apart. */
function namesOf(written: string): readonly [string | null, string | null] {
  const quoted = /^("(?:\\.|[^"\\])*") ("(?:\\.|[^"\\])*")$/.exec(written);
  if (quoted !== null) return [nameOf(quoted[1] ?? ''), nameOf(quoted[2] ?? '')];
  const middle = (written.length - 1) / 2;
  const [before, after] = [written.slice(0, middle), written.slice(middle + 1)];
  const isPair = written[middle] === ' ' && before.replace(/^[^/]*\//, '') === after.replace(/^[^/]*\//, '');
  return isPair ? [nameOf(before), nameOf(after)] : [null, null];
}

function broken(): CandorError {
  return new CandorError('bad-input', 'The patch breaks off in the middle of a file. Make it again, with git diff.');
}

function ofMerge(): CandorError {
  const message =
    'The patch is of a merge with all of its parents. Make one against a single commit, with git diff COMMIT.';
  return new CandorError('bad-input', message);
}
