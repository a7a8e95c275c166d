import { join, resolve } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import { collectFiles } from '../audit/collectFiles.ts';
import { languageOfFile } from './languageOfFile.ts';

export interface FoundCode {
  readonly files: readonly FileToAudit[];
  /** Files that are no code by their name. */
  readonly otherFileCount: number;
}

/**
 * The code among the files at these paths, in order of path. A file that is named itself is taken whatever its name.
 * @throws CandorError `not-found` when a path does not exist
 */
export async function findCode(workspace: string, paths: readonly string[]): Promise<FoundCode> {
  const named = new Set(paths.map((path) => resolve(path)));
  const files: FileToAudit[] = [];
  const found = await collectFiles(workspace, paths);
  for (const path of found) {
    const full = join(workspace, path);
    const language = (await languageOfFile(full)) ?? (named.has(full) ? 'lines' : null);
    if (language !== null) files.push({ path, language });
  }
  return { files, otherFileCount: found.length - files.length };
}
