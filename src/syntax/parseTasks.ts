import type { ErrorReason } from '../core/candorError.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { LanguageId } from './languages.ts';
import type { ParseLimits } from './parseLimits.ts';
import type { Replacements } from './parseText.ts';
import type { Skipped } from './skipped.ts';

/** What the pool tells a thread when it starts it. */
export interface ParseWorkerData extends ParseLimits {
  readonly grammarsUrl: string;
}

/** Numbers that both threads see, by SIGN: 1 once it is so. */
export type TaskSigns = Int32Array<SharedArrayBuffer>;

export const SIGN = {
  /** Nobody waits for the answer any more. */
  stop: 0,
  /** A thread has begun with the task. */
  started: 1,
} as const;

export interface SpansTask {
  readonly text: string;
  readonly language: LanguageId;
  readonly signs: TaskSigns;
}

export interface KeepsParsingTask extends Replacements {
  readonly language: LanguageId;
  readonly signs: TaskSigns;
}

export type ParseTask = SpansTask | KeepsParsingTask;

/** An error on its way between threads, where an error's class would be lost. */
export interface Failed {
  readonly failed: ErrorReason;
  readonly message: string;
}

/** What a thread may answer. */
export type ParseAnswer = SpanTable | boolean[] | Skipped | Failed;

export function isFailed(answer: object): answer is Failed {
  return 'failed' in answer;
}
