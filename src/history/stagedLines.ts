import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ChangedFile } from './changedLines.ts';
import { linesOfPatch } from './linesOfPatch.ts';
import { openObjectReader } from './objectReader.ts';
import { openRepository, type Repository } from './openRepository.ts';
import { patchSince } from './patchSince.ts';

/** A file whose change waits to be committed. */
export interface StagedFile extends ChangedFile {
  /** What the index holds of it, as an editor would show it; null: git does not have it at hand. */
  readonly text: string | null;
}

/** A file in the index: no link, no submodule, and not in the middle of a merge. */
const STAGED_FILE = /^100(?:644|755) ([0-9a-f]+) 0\t(.*)$/s;

/**
 * What lines below a folder wait to be committed, and the texts that the index holds: what the files on the disk hold is not
 * looked at. In order of path. Where there is no commit yet everything that is staged is new. What is left out, and that no program
 * which the repository names is run, is as for `changedLines`.
 *
 * @param folder an absolute path in the working tree of a repository
 * @param indexFile what GIT_INDEX_FILE says, by its whole path: in a hook the index of the commit that is being made, which need
 *   not be the repository's own (`git commit --all`). Left alone where it is of another repository.
 * @throws CandorError `unsupported` without git or repository
 */
export async function stagedLines(
  folder: string,
  indexFile?: string,
  signal?: AbortSignal,
): Promise<readonly StagedFile[]> {
  const plain = await openRepository(folder, signal);
  const ownIndex = indexFile === undefined ? null : await indexOf(plain, indexFile);
  const repository = ownIndex === null ? plain : await openRepository(folder, signal, ownIndex);
  const last = (await repository.hasCommits()) ? await repository.commit('HEAD') : await emptyTree(repository);
  const [patch, listed] = await Promise.all([
    patchSince(repository, last, true),
    repository.run(['ls-files', '-z', '--stage', '--']),
  ]);
  const blobs = new Map<string, string>();
  for (const entry of listed.toString().split('\0')) {
    const [, blob, path] = STAGED_FILE.exec(entry) ?? [];
    if (blob !== undefined && path !== undefined) blobs.set(path, blob);
  }
  const reader = openObjectReader(repository, signal);
  try {
    const files: StagedFile[] = [];
    for (const [path, lines] of new Map(linesOfPatch(patch))) {
      const blob = blobs.get(path);
      if (blob === undefined) continue;
      // No longer than the patch, which has been read.
      const bytes = await reader.read(blob, Number.MAX_SAFE_INTEGER);
      files.push({ path, lines, text: bytes === null ? null : new TextDecoder().decode(bytes) });
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    await reader.close();
  }
}

/** An index by its real path if it is one of this repository; null otherwise. */
async function indexOf(repository: Repository, indexFile: string): Promise<string | null> {
  const gitFolder = (await repository.run(['rev-parse', '--absolute-git-dir'])).toString().replace(/\n$/, '');
  const [own, named] = await Promise.all(
    [gitFolder, dirname(indexFile)].map((path) => realpath(path).catch(() => null)),
  );
  return own !== null && own !== undefined && own === named ? join(own, basename(indexFile)) : null;
}

/** The tree of nothing, which git knows without being told; its hash depends on the repository's format. */
async function emptyTree(repository: Repository): Promise<string> {
  return (await repository.run(['hash-object', '-t', 'tree', '--stdin'])).toString().trim();
}
