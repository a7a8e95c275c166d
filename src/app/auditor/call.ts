import type { OnProgress } from '../../audit/onProgress.ts';

/** How a call is watched and stopped. An aborted call rejects with the signal's reason. */
export interface Call {
  readonly onProgress: OnProgress;
  readonly abortSignal: AbortSignal;
}
