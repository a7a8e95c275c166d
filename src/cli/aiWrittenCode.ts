import type { Assets } from '../app/assets.ts';
import { findAiWrittenCode } from '../app/findAiWrittenCode.ts';
import type { FoundCode } from '../app/findCode.ts';
import type { Whereabouts } from '../app/foundCodeOf.ts';
import { regionSalt } from '../app/regionSalt.ts';
import { ledgerPath } from '../app/userFolders.ts';
import { createParserPool } from '../syntax/parserPool.ts';
import type { Progress } from './progressBar.ts';

/**
 * What models wrote, by git and by the ledger, with a parser for as long as that takes; says where the ledger cannot be read.
 * @throws CandorError as `findAiWrittenCode` does
 */
export async function aiWrittenCode(where: Whereabouts, assets: Assets, progress: Progress): Promise<FoundCode> {
  const parser = createParserPool({ workerUrl: assets.parseWorker, grammarsUrl: assets.grammars, threads: 1 });
  try {
    return await findAiWrittenCode({
      ...where,
      ledger: ledgerPath(),
      salt: await regionSalt(),
      parser,
      onUnreadable: () => {
        process.stderr.write('candor: the ledger cannot be read, so that git alone says what models wrote.\n');
      },
      onProgress: progress.update,
    });
  } finally {
    await parser.close();
  }
}
