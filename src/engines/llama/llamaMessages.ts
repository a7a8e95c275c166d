import type { ErrorReason } from '../../core/candorError.ts';
import type { Alternative } from '../../core/words.ts';
import type { Sampling, TextRange } from '../engine.ts';
import type { BytePairs } from '../tokenizer/bytePairs.ts';
import type { TokenLogprob } from './tokenEvaluator.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { WrittenToken } from './writeTokens.ts';

/** What the two processes say to each other. The parent asks as much at a time as the child has lanes; each is answered once. */

export type ParentMessage =
  | { readonly kind: 'load'; readonly load: Load }
  | { readonly kind: 'ask'; readonly id: number; readonly task: Task }
  /** Nobody waits for the answer any more. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** What is being written is enough: the answer is wanted as far as it is there. */
  | { readonly kind: 'stop'; readonly id: number };

export type ChildMessage =
  | { readonly kind: 'loaded'; readonly modelDigest: string; readonly lanes: number }
  | { readonly kind: 'notLoaded'; readonly failure: Failure }
  /** A sign of life in long tasks. */
  | { readonly kind: 'progress' }
  /** A token of a text that is being written, and which of its bytes is the first that was not there already. */
  | { readonly kind: 'wrote'; readonly id: number; readonly token: number; readonly from: number }
  | { readonly kind: 'done'; readonly id: number; readonly result: Result }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

export interface Load {
  readonly modelPath: string;
  /** More than there are cores are not used. */
  readonly threads: number;
  /** Most tokens of a context; a model that was trained on shorter ones gets shorter ones. */
  readonly contextTokens: number;
  /** Whether an accelerator may compute. Default: no, for the CPU gives the same values bit for bit. */
  readonly gpu?: boolean;
}

export interface Failure {
  readonly reason: ErrorReason;
  readonly message: string;
}

export type Task =
  | { readonly kind: 'describe' }
  | ScoreTask
  | { readonly kind: 'generate'; readonly generate: GenerateTask }
  | { readonly kind: 'alternatives'; readonly leaf: AlternativesTask };

export interface ScoreTask {
  readonly kind: 'score';
  readonly text: string;
  /** Where scores are wanted; absent: everywhere. */
  readonly within?: readonly TextRange[];
  readonly detail?: ScoreDetail;
}

export interface ScoreDetail {
  readonly topK: number;
  readonly ranges: readonly TextRange[];
}

export interface GenerateTask {
  readonly prefix: string;
  readonly suffix?: string;
  readonly maxTokens: number;
  readonly topK: number;
  readonly sampling?: Sampling;
}

export interface AlternativesTask {
  readonly text: string;
  readonly leaf: TextRange;
  readonly count: number;
}

export type Result =
  | { readonly kind: 'described'; readonly model: ModelDescription }
  | { readonly kind: 'scored'; readonly scored: ScoredIds }
  | { readonly kind: 'generated'; readonly tokens: readonly WrittenToken[] }
  | { readonly kind: 'alternatives'; readonly alternatives: readonly Alternative[] };

export interface ModelDescription {
  readonly modelDigest: string;
  readonly tokenizerDigest: string;
  /** How it cuts text, where that is byte-pair encoding and nothing else. */
  readonly bytePairs: BytePairs | null;
  readonly vocabulary: Vocabulary;
  readonly contextPolicy: string;
  readonly fillsInTheMiddle: boolean;
  /** Threads that it computes with. */
  readonly threads: number;
  /** What computes: `cpu`, or the kind and the names of the accelerators. */
  readonly device: string;
}

export interface ScoredIds {
  readonly ids: Uint32Array;
  readonly logprobsNats: Float64Array;
  readonly tops: ReadonlyMap<number, readonly TokenLogprob[]>;
  /** Number of tokens that had to be evaluated for it, context included. */
  readonly evaluatedTokens: number;
}

const CHILD_KINDS: ReadonlySet<unknown> = new Set<ChildMessage['kind']>([
  'loaded',
  'notLoaded',
  'progress',
  'wrote',
  'done',
  'failed',
]);

/** Whether something that came over the channel is a message of our child; libraries in it might speak as well. */
export function isChildMessage(value: unknown): value is ChildMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && CHILD_KINDS.has(value.kind);
}

const PARENT_KINDS: ReadonlySet<unknown> = new Set<ParentMessage['kind']>(['load', 'ask', 'cancel', 'stop']);

export function isParentMessage(value: unknown): value is ParentMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && PARENT_KINDS.has(value.kind);
}
