import { availableParallelism } from 'node:os';
import { NgramEngine } from '../engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../engines/tokenizer/loadTokenizer.ts';
import { createParserPool, type ParserPool } from '../syntax/parserPool.ts';
import type { Assets } from './assets.ts';

/** What an audit with the embedded n-gram engine works with. Whoever opens it closes the parser. */
export interface NgramTools {
  readonly engine: NgramEngine;
  readonly parser: ParserPool;
}

/** An n-gram engine that has learned nothing yet, and a parser. One core is left to the engine. */
export function openNgram(assets: Assets): NgramTools {
  return {
    engine: new NgramEngine(loadTokenizer(assets.merges)),
    parser: createParserPool({
      workerUrl: assets.parseWorker,
      grammarsUrl: assets.grammars,
      threads: Math.max(1, availableParallelism() - 1),
    }),
  };
}
