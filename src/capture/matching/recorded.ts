import type { RecordedGeneration } from '../recordedGeneration.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Lexemes } from './lexemes.ts';

/** A generation with what is needed to find it and to lay a text on it. */
export interface Recorded {
  /** Rises with each generation that is added. */
  readonly number: number;
  readonly generation: RecordedGeneration;
  readonly lexemes: Lexemes;
  readonly fingerprints: Fingerprints;
}
