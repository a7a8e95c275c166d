import { lstat, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import type { SkipReason } from '../audit/readSource.ts';
import { CandorError } from '../core/candorError.ts';
import { addedLines } from '../history/linesOfPatch.ts';
import { patchPaths } from '../history/patchPaths.ts';
import { readPatch, type Hunk, type PatchedFile } from '../history/readPatch.ts';
import { detectLanguage } from '../syntax/detectLanguage.ts';
import type { FoundCode } from './findCode.ts';
import { foundCodeOf, type Whereabouts } from './foundCodeOf.ts';
import { languageOfFile } from './languageOfFile.ts';

/** Files that are longer are not judged, so nothing need be compared. */
const MAX_BYTES = 1_000_000;

/**
 * The code that a patch changes, with the lines that it adds, in order of path. The files are judged as they are, which must be as the
 * patch leaves them: what it names and does not fit is left out, with the reason. What it deletes, or only takes lines from, has
 * nothing to judge.
 *
 * @param where the names in the patch are relative to its workspace; what else the patch changes there is not asked about
 * @throws CandorError `bad-input` where it is no patch
 */
export async function findPatchedCode(where: Whereabouts, patch: Uint8Array): Promise<FoundCode> {
  const { workspace, folders } = where;
  const patched = [...readPatch(patch)];
  if (patched.length === 0 && Buffer.from(patch).toString('latin1').trim() !== '') {
    throw new CandorError(
      'bad-input',
      'That is no patch: no file is named in it. Give a unified diff, as git diff makes it.',
    );
  }
  const root = await realpath(workspace);
  const paths = patchPaths(patched);
  const found = new Map<string, FileToAudit | null>();
  for (const [index, { isBinary, hunks }] of patched.entries()) {
    const name = paths[index] ?? null;
    if (name === null || !(isBinary || hunks.some((hunk) => addedLines(hunk).length > 0))) continue;
    const path = posix.normalize(name);
    const full = join(workspace, path);
    const place = await placeOf(root, full, path);
    if (place !== 'outside the workspace' && !folders.some((folder) => isBelow(folder, full))) continue;
    const leftOut = place ?? (isBinary ? 'binary' : await misfit(full, hunks));
    // Nothing outside is read, not even to tell what it is.
    const language = place === 'outside the workspace' ? (detectLanguage(path) ?? 'lines') : await languageOfFile(full);
    const judged = leftOut === null ? { changedLines: hunks.flatMap(addedLines) } : { leftOut };
    found.set(path, language && { path, language, ...judged });
  }
  return foundCodeOf(where, found);
}

/** Why there is no file at a path that can be judged; null: there is one. */
async function placeOf(
  root: string,
  full: string,
  path: string,
): Promise<Extract<SkipReason, 'outside the workspace' | 'not there'> | null> {
  if (isAbsolute(path) || path.startsWith('/') || path.split('/')[0] === '..') return 'outside the workspace';
  try {
    // Links may lead anywhere.
    if (!isBelow(root, await realpath(full))) return 'outside the workspace';
    return (await lstat(full)).isFile() ? null : 'not there';
  } catch {
    return 'not there';
  }
}

/** Whether the lines that a patch leaves are not in the file, where it says; then it is of another version of the file. */
async function misfit(full: string, hunks: PatchedFile['hunks']): Promise<SkipReason | null> {
  try {
    if ((await lstat(full)).size > MAX_BYTES) return 'over 1 MB';
    const lines = (await readFile(full, 'latin1')).split('\n').map(withoutReturn);
    return hunks.every((hunk) => fits(lines, hunk)) ? null : 'not as patched';
  } catch {
    return 'not readable';
  }
}

function fits(fileLines: readonly string[], { firstLine, lines }: Hunk): boolean {
  return lines.every(({ bytes }, index) => fileLines[firstLine + index] === withoutReturn(bytes));
}

/** Mails and checkouts change the ends of lines. */
function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
