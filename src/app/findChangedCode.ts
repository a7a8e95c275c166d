import { join, relative, sep } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import { changedLines } from '../history/changedLines.ts';
import type { FoundCode } from './findCode.ts';
import { foundCodeOf, type Whereabouts } from './foundCodeOf.ts';
import { languageOfFile } from './languageOfFile.ts';

/**
 * The code that changed below folders since a commit, with the lines that did, in order of path. Each folder is asked of
 * the git repository that it lies in.
 *
 * @throws CandorError `unsupported` without git or repository, `bad-call` when `since` is no commit
 */
export async function findChangedCode(where: Whereabouts, since: string, signal?: AbortSignal): Promise<FoundCode> {
  const { workspace, folders } = where;
  const found = new Map<string, FileToAudit | null>();
  for (const folder of folders) {
    for (const { path: below, lines } of await changedLines(folder, since, signal)) {
      const full = join(folder, below);
      const path = relative(workspace, full).split(sep).join('/');
      const language = await languageOfFile(full);
      found.set(path, language === null ? null : { path, language, changedLines: lines });
    }
  }
  return foundCodeOf(where, found);
}
