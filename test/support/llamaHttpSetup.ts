import { afterAll, beforeAll } from 'vitest';
import { openLlamaEngine, type LlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { openLlamaHttpModel, type LlamaHttpModel } from './llamaHttpModel.ts';
import { CHILD_URL, randomGguf } from './randomGgufFile.ts';

/** Long enough for any window of the engine that asks servers. */
const CONTEXT_TOKENS = 4096;

export interface LlamaHttpSetup {
  /** The model that servers of this test's file hold. */
  readonly model: LlamaHttpModel;
  /** The same model file in the embedded engine: what all values are held to. */
  readonly embedded: LlamaEngine;
}

/**
 * A model file of random weights, loaded twice for the tests of one file: for servers, and embedded. Without a start
 * token nothing stands before a text in either, as on a server that adds none.
 */
export function llamaHttpSetup({ hasStart }: { readonly hasStart: boolean }): () => LlamaHttpSetup {
  const modelPath = randomGguf({ context: CONTEXT_TOKENS, hasStart });
  let setup: LlamaHttpSetup | undefined;
  beforeAll(async () => {
    const load = { modelPath: modelPath(), threads: 1, contextTokens: CONTEXT_TOKENS };
    setup = {
      model: await openLlamaHttpModel(modelPath(), CONTEXT_TOKENS),
      embedded: await openLlamaEngine({ childUrl: CHILD_URL, load }),
    };
  }, 60_000);
  afterAll(async () => {
    await setup?.embedded.close();
    await setup?.model.dispose();
  });
  return () => {
    if (setup === undefined) throw new Error('the model is not loaded yet');
    return setup;
  };
}
