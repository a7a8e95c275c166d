import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineRange } from './lineRange.ts';
import { linesOfPatch } from './linesOfPatch.ts';
import { openRepository } from './openRepository.ts';
import { patchSince } from './patchSince.ts';

/** A file that changed. */
export interface ChangedFile {
  /** Relative to the folder that was asked for, with `/`. */
  readonly path: string;
  /** What was added or changed, in order, and nothing twice. At least one; the last may end behind the file. */
  readonly lines: readonly LineRange[];
}

const WHOLE_FILE: readonly LineRange[] = [{ firstLine: 0, endLine: Number.MAX_SAFE_INTEGER }];

/** Bytes at the head of a file in which a NUL says that it is binary, as git does it. */
const BINARY_PROBE_BYTES = 8_000;

/**
 * What lines were added or changed below a folder since a commit, by what its files hold now: staged or not, and new
 * files that are not ignored, too. In order of path.
 *
 * A file that was renamed has only the lines that changed with it. Left out: what is deleted, what only lost lines, what
 * only changed its mode or the ends of its lines, links, submodules, and what is binary or said to be by
 * `.gitattributes`.
 *
 * No program that the repository names is run: see `openRepository`.
 *
 * @param folder an absolute path in the working tree of a repository
 * @param since any name that git has for a commit
 * @throws CandorError `unsupported` without git or repository, `bad-call` when `since` is no commit of it
 */
export async function changedLines(
  folder: string,
  since: string,
  signal?: AbortSignal,
): Promise<readonly ChangedFile[]> {
  const repository = await openRepository(folder, signal);
  const commit = await repository.commit(since);
  const [patch, untracked] = await Promise.all([
    patchSince(repository, commit, false),
    repository.run(['ls-files', '-z', '--others', '--exclude-standard', '--']),
  ]);
  const changed = new Map(linesOfPatch(patch));
  for (const path of untracked.toString().split('\0')) {
    // A name that ends so is a repository inside this one.
    if (path !== '' && !path.endsWith('/') && !(await isBinary(join(folder, path)))) changed.set(path, WHOLE_FILE);
  }
  const files: ChangedFile[] = [];
  for (const path of [...changed.keys()].sort()) {
    const entry = await lstat(join(folder, path)).catch(() => null);
    if (entry?.isFile() === true) files.push({ path, lines: changed.get(path) ?? [] });
  }
  signal?.throwIfAborted();
  return files;
}

/** Whether a file is binary; also one that cannot be read, of which nothing could be judged. */
async function isBinary(path: string): Promise<boolean> {
  try {
    // What a link leads to may be a pipe, whose opening waits for ever.
    if (!(await lstat(path)).isFile()) return true;
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(BINARY_PROBE_BYTES), 0, BINARY_PROBE_BYTES, 0);
      return buffer.subarray(0, bytesRead).includes(0);
    } finally {
      await file.close();
    }
  } catch {
    return true;
  }
}
