import { CandorError } from '../../core/candorError.ts';
import type { OpinionsOf } from '../../lab/evaluation/readEvidence.ts';
import { createParserPool } from '../../syntax/parserPool.ts';
import type { Assets } from '../assets.ts';
import { SHOWN_UNITS } from '../completions/writingLimits.ts';
import type { EngineChoice } from '../engineChoice.ts';
import type { OpenedEngine } from '../openEngine.ts';
import { canAnswer } from './canAnswer.ts';
import { opinionsOfItems } from './opinionsOfItems.ts';
import { sandboxIn } from './sandboxIn.ts';

/** Asks an engine for second opinions on labelled data. */
export interface ItemAsker {
  readonly opinionsOf: OpinionsOf;
  close(): Promise<void>;
}

const SEED = 1;

/**
 * @param samples of each item
 * @throws CandorError `unsupported` for an engine that does not write
 */
export function createItemAsker(
  choice: EngineChoice,
  { engine }: Pick<OpenedEngine, 'engine'>,
  assets: Assets,
  samples: { readonly count: number; readonly temperature: number },
  onProgress: (activity: string, done: number, total: number) => void,
): ItemAsker {
  if (!engine.capabilities.generate) {
    const message = 'This engine does not write code, so it has no second opinion. Choose one that does.';
    throw new CandorError('unsupported', message);
  }
  const parser = createParserPool({ workerUrl: assets.parseWorker, grammarsUrl: assets.grammars, threads: 1 });
  const tools = { engine, parser, sandbox: sandboxIn(assets) };
  const isAsked = canAnswer(choice);
  const settings = { ...samples, seed: SEED, isAsked, mostUnits: SHOWN_UNITS[choice.engine] };
  const never = new AbortController().signal;
  return {
    opinionsOf: (items, signal = never) =>
      opinionsOfItems(
        tools,
        items,
        settings,
        (done) => {
          onProgress('asking for second opinions', done, items.length);
        },
        signal,
      ),
    close: () => parser.close(),
  };
}
