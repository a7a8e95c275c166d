import type { CandorError } from '../core/candorError.ts';

/** An engine that fails so often in a row has broken down for good; each of the other files would wait for it in vain. */
const MOST_FAILURES_IN_A_ROW = 10;

export interface FailureCount {
  readonly add: (error: CandorError) => void;
  /**
   * Told of each file's end, in order.
   * @throws the last failure when there is no hope: all files failed, or ten in a row
   */
  readonly end: (hasFailed: boolean) => void;
}

/**
 * Counts files that the engine failed on, and gives up when there is no hope. That a server has too much to do for a while is no
 * failure: its client waits for it, and a file only fails when that was in vain.
 */
export function failureCount(fileCount: number): FailureCount {
  // Not the first one: of a long audit that is a file that failed by itself, hours before the engine broke down.
  let last: CandorError | undefined;
  let inARow = 0;
  return {
    add: (error) => {
      last = error;
    },
    end(hasFailed) {
      inARow = hasFailed ? inARow + 1 : 0;
      const isLost = inARow >= Math.min(MOST_FAILURES_IN_A_ROW, fileCount);
      if (isLost && last !== undefined) throw last;
    },
  };
}
