import { availableParallelism } from 'node:os';
import type { Engine } from '../engines/engine.ts';
import { openLlamaEngine } from '../engines/llama/llamaEngine.ts';
import { NgramEngine } from '../engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../engines/tokenizer/loadTokenizer.ts';
import { createParserPool, type ParserPool } from '../syntax/parserPool.ts';
import type { Assets } from './assets.ts';
import type { EngineChoice } from './engineChoice.ts';

/** What scores, what learns and what parses, opened together and closed together. */
export interface Tools {
  readonly engine: Engine;
  /** The engine that learns the workspace, if one does. */
  readonly learner: NgramEngine | null;
  readonly parser: ParserPool;
  close(): Promise<void>;
}

/** Longer contexts tell little more about code, and their cost grows with their length. */
const CONTEXT_TOKENS = 4096;

/**
 * Opens the engine that was chosen, and a parser. One core is left to the engine.
 * @throws CandorError `not-found`, `unreadable`, `corrupt` or `engine-failed` when a model cannot be had
 */
export async function openTools(choice: EngineChoice, assets: Assets): Promise<Tools> {
  const { engine, learner } = await openEngine(choice, assets);
  const parser = createParserPool({
    workerUrl: assets.parseWorker,
    grammarsUrl: assets.grammars,
    threads: Math.max(1, availableParallelism() - 1),
  });
  return {
    engine,
    learner,
    parser,
    async close() {
      await Promise.all([engine.close(), parser.close()]);
    },
  };
}

async function openEngine(choice: EngineChoice, assets: Assets): Promise<Pick<Tools, 'engine' | 'learner'>> {
  if (choice.engine === 'llama') {
    const load = { modelPath: choice.modelPath, threads: availableParallelism(), contextTokens: CONTEXT_TOKENS };
    return { engine: await openLlamaEngine({ childUrl: assets.llamaChild, load }), learner: null };
  }
  const engine = new NgramEngine(loadTokenizer(assets.merges));
  return { engine, learner: engine };
}
