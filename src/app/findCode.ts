import { join, resolve } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import { collectFiles, type CollectedFile } from '../audit/collectFiles.ts';
import { mapInOrder } from '../audit/mapInOrder.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { judgedAs } from './foundCodeOf.ts';
import { languageOfFile } from './languageOfFile.ts';

export interface FoundCode {
  readonly files: readonly FileToAudit[];
  /** Files that are no code by their name. */
  readonly otherFileCount: number;
  /** Whether that is all code of the workspace; absent: it may be less. */
  readonly isAll?: boolean;
}

/** Files that are looked into at a time, where a name does not tell the language. */
const FILES_UNDER_WAY = 16;

/**
 * The code among the files at these paths, in order of path. A file that is named itself is taken whatever its name.
 * @param exclude what is left out besides, by patterns as in the workspace's `.candorignore`
 * @throws CandorError `not-found` when a path does not exist
 */
export async function findCode(
  workspace: string,
  paths: readonly string[],
  exclude: readonly string[] = [],
): Promise<FoundCode> {
  const files: FileToAudit[] = [];
  const found = await collectFiles(workspace, paths, exclude);
  const know = async (
    file: CollectedFile,
  ): Promise<CollectedFile & { readonly known: LanguageId | 'lines' | null }> => ({
    ...file,
    known: await languageOfFile(join(workspace, file.path)),
  });
  for await (const { path, standing, isNamed, known } of mapInOrder(found, FILES_UNDER_WAY, know)) {
    const language = known ?? (isNamed ? 'lines' : null);
    if (language !== null) files.push({ path, language, ...judgedAs(standing) });
  }
  const isAll = exclude.length === 0 && paths.some((path) => resolve(path) === resolve(workspace));
  return { files, otherFileCount: found.length - files.length, isAll };
}
