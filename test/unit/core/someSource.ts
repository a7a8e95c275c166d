import type { Source } from '../../../src/core/words.ts';

/** A Source for tests in which it does not matter who scored. */
export const someSource: Source = {
  engine: 'test',
  model: 'none',
  tokenizer: 'none',
  distribution: { kind: 'raw' },
  vocabulary: { kind: 'full' },
  mode: 'generated',
  contextPolicy: 'none',
};
