import type { ScoredText } from '../core/scoredText.ts';

/**
 * A text that a model wrote on its way through the recorder: what it said, or one argument of a tool that it called. It is kept
 * in memory alone, and not for long.
 */
export interface RecordedGeneration {
  /** Of this run of the recorder. */
  readonly id: string;
  /** When it ended, in Unix milliseconds. */
  readonly atMs: number;
  /** Product name of the client, as it calls itself; null: it does not say. */
  readonly client: string | null;
  /** `content`: what the model said. `tool-call`: a text among the arguments of a call. */
  readonly kind: 'content' | 'tool-call';
  /** With the model's own tokens, or unscored where the server told none; the Source's mode is `generated`. */
  readonly scored: ScoredText;
}
