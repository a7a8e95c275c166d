import type { ScoredText } from '../core/scoredText.ts';
import type { Alternative, Source } from '../core/words.ts';

/** A stretch of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface ScoreRequest {
  readonly text: string;
  /** Where the text is or will be, relative to the workspace, with `/`: its neighbours tell what is usual there. */
  readonly path: string;
  /**
   * Where more than the log-probability is wanted: entropy, rank and the `topK` likeliest alternatives of each token
   * that touches one of the ranges. It costs much more than the log-probability, so ask only for what will be shown.
   */
  readonly detail?: { readonly topK: number; readonly ranges: readonly TextRange[] };
  readonly abortSignal?: AbortSignal;
}

export interface AlternativesRequest {
  readonly text: string;
  readonly path: string;
  /** The leaf to replace. */
  readonly leaf: TextRange;
  readonly count: number;
  readonly abortSignal?: AbortSignal;
}

/** Something that says how likely the tokens of a text are. */
export interface Engine {
  /** The name by which users choose it. */
  readonly name: string;
  /** Who scores a text at this moment. */
  readonly source: Source;
  /** Log-probability of each token of the text. Rejects with the signal's reason when aborted. */
  score(request: ScoreRequest): Promise<ScoredText>;
  /** Whole leaves that could stand in a leaf's place, most likely first, the leaf itself left out. */
  alternatives(request: AlternativesRequest): Promise<readonly Alternative[]>;
}
