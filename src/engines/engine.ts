import type { ScoredText } from '../core/scoredText.ts';
import type { Alternative, Distribution, Source, VocabularyCoverage } from '../core/words.ts';

/** A stretch of a text, in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What an engine can do. It is known, or measured, before anything is asked of it. */
export interface Capabilities {
  /**
   * How it scores a text that it is given. `prefill`: one pass over the text. `step-by-step`: one forced step a token,
   * which only small selections bear. `none`: it scores only what it writes itself.
   */
  readonly score: 'prefill' | 'step-by-step' | 'none';
  readonly generate: boolean;
  /** Whether it answers a question (`isQuestion`), be it in words alone. Absent: as far as it generates. */
  readonly answers?: boolean;
  readonly fillInTheMiddle: boolean;
  /** Most alternatives that it names for a token. */
  readonly maxTopK: number;
  readonly distribution: Distribution;
  readonly vocabulary: VocabularyCoverage;
}

export interface ScoreRequest {
  readonly text: string;
  /** Where the text is or will be, relative to the workspace, with `/`: its neighbours tell what is usual there. */
  readonly path: string;
  /**
   * Where log-probabilities are wanted: of the tokens that touch one of the ranges. Elsewhere a token may stay unscored,
   * which saves a model's time; what stands before a range is its context all the same. Absent: everywhere.
   */
  readonly within?: readonly TextRange[];
  /**
   * Where more than the log-probability is wanted: entropy, rank and the `topK` likeliest alternatives of each token
   * that touches one of the ranges. It costs much more than the log-probability, so ask only for what will be shown.
   */
  readonly detail?: ScoreDetail;
  readonly abortSignal?: AbortSignal;
}

export interface ScoreDetail {
  readonly topK: number;
  readonly ranges: readonly TextRange[];
  /**
   * Tokens to name besides the likeliest, by the offset of the one in whose place they would stand. Only an engine that
   * knows the whole distribution can; others leave them out.
   */
  readonly named?: ReadonlyMap<number, readonly string[]>;
}

export interface AlternativesRequest {
  readonly text: string;
  readonly path: string;
  /** The leaf to replace. */
  readonly leaf: TextRange;
  readonly count: number;
  readonly abortSignal?: AbortSignal;
}

export interface GenerateRequest {
  /** The text before the place to write at. */
  readonly prefix: string;
  /** The text after it: the engine fills in the middle. Absent: it goes on from the prefix. */
  readonly suffix?: string;
  readonly path: string;
  readonly maxTokens: number;
  /** Alternatives to keep of each token. */
  readonly topK: number;
  /** How tokens are drawn. Absent: the likeliest is written each time, as far as the engine's numbers are raw. */
  readonly sampling?: Sampling;
  /**
   * The prefix is a question, to be answered rather than gone on from: a server that is asked in chats is asked it plainly.
   * What knows no chats goes on from it all the same.
   */
  readonly isQuestion?: boolean;
  /** Called with the text of each piece as it comes. */
  readonly onText?: (text: string) => void;
  /**
   * Aborted when it is enough: the engine writes no more and gives what `onText` heard until then, with its tokens. Whoever
   * aborts it in `onText` gets a text that ends with that piece, so the same seed gives the same text.
   */
  readonly stopSignal?: AbortSignal;
  readonly abortSignal?: AbortSignal;
}

/**
 * A draw from the model's whole distribution after a temperature, each token with a chance in proportion to p^(1/temperature).
 * It decides what is written and nothing else: where an engine's distribution is raw, a drawn token's log-probability is
 * the model's own, at temperature 1. An engine whose numbers are scaled says in the Source by which temperature.
 */
export interface Sampling {
  /** Above 0. Near 0 the likeliest token is as good as certain. */
  readonly temperature: number;
  /**
   * A whole number of at most 31 bits. The same seed writes the same text with the same embedded model; a server may pass
   * over it, or compute in another way the next time.
   */
  readonly seed: number;
}

/**
 * Something that says how likely the tokens of a text are. With every result goes its Source.
 *
 * What an engine does not know is absent: a token without a log-probability is a value. What fails is a CandorError:
 * `engine-failed` when it broke down, `unsupported` when it was asked for what its capabilities rule out. An aborted
 * request rejects with the signal's reason.
 */
export interface Engine {
  /** The name by which users choose it. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Who scores a given text at this moment. */
  readonly source: Source;
  /** Most requests that it works on at a time; asked for more, it lets them wait. Absent: it takes one after the other. */
  readonly concurrency?: number;
  /** Log-probability of each token of the text. */
  score(request: ScoreRequest): Promise<ScoredText>;
  /** Whole leaves that could stand in a leaf's place, most likely first, the leaf itself left out. */
  alternatives(request: AlternativesRequest): Promise<readonly Alternative[]>;
  /** What the engine writes at a place, with the log-probabilities of its own tokens. */
  generate(request: GenerateRequest): Promise<ScoredText>;
  /** Gives back what the engine holds; it starts again when it is next asked. */
  close(): Promise<void>;
}
