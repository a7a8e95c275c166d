import { availableParallelism } from 'node:os';
import type { OnProgress } from '../../audit/onProgress.ts';
import { createParserPool, type ParserPool } from '../../syntax/parserPool.ts';
import type { Assets } from '../assets.ts';
import type { EngineChoice } from '../engineChoice.ts';
import { openEngine, type OpenedEngine } from '../openEngine.ts';

/** What reads a history: an engine that knows nothing yet, and a parser. */
export interface HistoryTools extends OpenedEngine {
  readonly parser: ParserPool;
  close(): Promise<void>;
}

/**
 * Opens an engine of its own for a history: it learns the trees of the past, and must not be the one that knows today's.
 * @throws CandorError as `openEngine` does
 */
export async function openHistoryTools(
  choice: EngineChoice,
  assets: Assets,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<HistoryTools> {
  const opened = await openEngine(choice, assets, onProgress, signal);
  const parser = createParserPool({
    workerUrl: assets.parseWorker,
    grammarsUrl: assets.grammars,
    threads: Math.max(1, availableParallelism() - 1),
  });
  return {
    ...opened,
    parser,
    async close() {
      await Promise.all([opened.engine.close(), parser.close()]);
    },
  };
}
