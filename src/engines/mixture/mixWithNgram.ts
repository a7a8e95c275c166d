import type { Engine } from '../engine.ts';
import { NgramEngine } from '../ngram/ngramEngine.ts';
import type { BytePairs } from '../tokenizer/bytePairs.ts';
import { canTokenize, createTokenizer } from '../tokenizer/tokenizer.ts';
import { MixtureEngine } from './mixtureEngine.ts';

/** An engine that says how it cuts text. */
export interface BytePairEngine extends Engine {
  /** null: by something else than byte-pair encoding. */
  readonly bytePairs: BytePairs | null;
}

export interface NgramMixture {
  /** Closing it closes both of its parts. */
  readonly engine: MixtureEngine;
  /** Learns the workspace, over the neural engine's tokens. */
  readonly learner: NgramEngine;
  /** The same neural engine, mixed with another n-gram engine that has learned nothing yet. */
  readonly apart: () => NgramMixture;
}

/**
 * Mixes a neural engine with an n-gram engine that is made for it and has learned nothing yet.
 *
 * @param name of the mixture, in its Source
 * @returns null where the neural engine's tokenizer is foreign to us: no byte-pair encoding, one whose pre-tokenizer we
 *   do not have, or one of more than 65,536 tokens. Then the two stay two signals, each over its own tokens.
 */
export function mixWithNgram(neural: BytePairEngine, name = 'mixture'): NgramMixture | null {
  const { bytePairs } = neural;
  if (bytePairs === null || !canTokenize(bytePairs)) return null;
  const tokenizer = createTokenizer(bytePairs);
  function mix(): NgramMixture {
    const learner = new NgramEngine(tokenizer);
    return { engine: new MixtureEngine(neural, learner, name), learner, apart: mix };
  }
  return mix();
}
