import { availableParallelism } from 'node:os';
import type { Engine } from '../engines/engine.ts';
import { NgramEngine } from '../engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../engines/tokenizer/loadTokenizer.ts';
import { createParserPool, type ParserPool } from '../syntax/parserPool.ts';
import type { Assets } from './assets.ts';

/** What scores, what learns and what parses, opened together and closed together. */
export interface Tools {
  readonly engine: Engine;
  /** The engine that learns the workspace, if one does. */
  readonly learner: NgramEngine | null;
  readonly parser: ParserPool;
  close(): Promise<void>;
}

/** Opens the embedded n-gram engine, which has learned nothing yet, and a parser. One core is left to the engine. */
export function openTools(assets: Assets): Tools {
  const engine = new NgramEngine(loadTokenizer(assets.merges));
  const parser = createParserPool({
    workerUrl: assets.parseWorker,
    grammarsUrl: assets.grammars,
    threads: Math.max(1, availableParallelism() - 1),
  });
  return {
    engine,
    learner: engine,
    parser,
    async close() {
      await Promise.all([engine.close(), parser.close()]);
    },
  };
}
