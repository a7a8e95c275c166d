import { join, relative, sep } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import { mapInOrder } from '../audit/mapInOrder.ts';
import type { OnProgress } from '../audit/onProgress.ts';
import { openAiAttribution } from '../history/aiAttribution.ts';
import type { FoundCode } from './findCode.ts';
import { foundCodeOf, type Whereabouts } from './foundCodeOf.ts';
import { languageOfFile } from './languageOfFile.ts';

/** Each is a process of git's. */
const FILES_UNDER_WAY = 4;

/**
 * The code below folders that models wrote, by what the git repositories of the folders say: trailers and authors of commits, and notes of
 * git-ai. In order of path, each file with those lines, as regions of origin `declared`.
 *
 * @throws CandorError `unsupported` without git or repository
 */
export async function findAiWrittenCode(
  where: Whereabouts,
  signal?: AbortSignal,
  onProgress?: OnProgress,
): Promise<FoundCode> {
  const { workspace, folders } = where;
  const found = new Map<string, FileToAudit | null>();
  for (const folder of folders) {
    const attribution = await openAiAttribution(folder, signal);
    const look = async (below: string): Promise<readonly [string, FileToAudit | null] | null> => {
      const full = join(folder, below);
      const path = relative(workspace, full).split(sep).join('/');
      const language = await languageOfFile(full);
      if (language === null) return [path, null];
      const lines = await attribution.linesOf(below);
      if (lines === null) return [path, { path, language, leftOut: 'not readable' }];
      return lines.length === 0 ? null : [path, { path, language, changedLines: lines, origin: 'declared' }];
    };
    try {
      let done = 0;
      for await (const one of mapInOrder(attribution.paths, FILES_UNDER_WAY, look)) {
        signal?.throwIfAborted();
        if (one !== null) found.set(...one);
        onProgress?.('asking who wrote', ++done, attribution.paths.length);
      }
    } finally {
      await attribution.close();
    }
  }
  return foundCodeOf(where, found);
}
