import { join, relative, sep } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import { stagedLines } from '../history/stagedLines.ts';
import type { FoundCode } from './findCode.ts';
import { foundCodeOf, type Whereabouts } from './foundCodeOf.ts';
import { languageOfFile } from './languageOfFile.ts';

/**
 * The code below folders that waits to be committed, as git's index holds it, with the lines that change, in order of path.
 *
 * @param indexFile what GIT_INDEX_FILE says, by its whole path
 * @throws CandorError `unsupported` without git or repository
 */
export async function findStagedCode(where: Whereabouts, indexFile?: string, signal?: AbortSignal): Promise<FoundCode> {
  const { workspace, folders } = where;
  const found = new Map<string, FileToAudit | null>();
  for (const folder of folders) {
    for (const { path: below, lines, text } of await stagedLines(folder, indexFile, signal)) {
      const full = join(folder, below);
      const path = relative(workspace, full).split(sep).join('/');
      const language = await languageOfFile(full, text ?? '');
      const judged = text === null ? { leftOut: 'not readable' as const } : { text, changedLines: lines };
      found.set(path, language === null ? null : { path, language, ...judged });
    }
  }
  return foundCodeOf(where, found);
}
