import type { Position } from '../core/lineIndex.ts';
import type { Alternative, Source } from '../core/words.ts';

/** The tokens of a stretch of a text, each with what it lies in. */
export interface TokenTable {
  readonly source: Source;
  readonly rows: readonly TokenRow[];
}

export interface TokenRow {
  readonly text: string;
  readonly start: Position;
  readonly end: Position;
  /** Absent where nobody scored it. */
  readonly logprobNats?: number;
  /** Rank among all that could stand there, from 1, where the engine knows it. */
  readonly rank?: number;
  readonly entropyNats?: number;
  /** Most likely first. */
  readonly alternatives: readonly Alternative[];
  /** Types of the spans that its leaf lies in, from the root; empty in comments and layout. */
  readonly path: readonly string[];
}
