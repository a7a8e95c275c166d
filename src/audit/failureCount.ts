import type { CandorError } from '../core/candorError.ts';

/** An engine that fails so often in a row has broken down for good; each of the other files would wait for it in vain. */
const MOST_FAILURES_IN_A_ROW = 10;

export interface FailureCount {
  readonly add: (error: CandorError) => void;
  /**
   * Told of each file's end, in order.
   * @throws the first failure when there is no hope: all files failed, or ten in a row
   */
  readonly end: (hasFailed: boolean) => void;
}

/** Counts files that the engine failed on, and gives up when there is no hope. */
export function failureCount(fileCount: number): FailureCount {
  const failures: CandorError[] = [];
  let inARow = 0;
  return {
    add: (error) => void failures.push(error),
    end(hasFailed) {
      inARow = hasFailed ? inARow + 1 : 0;
      const isLost = inARow >= Math.min(MOST_FAILURES_IN_A_ROW, fileCount);
      if (isLost && failures[0] !== undefined) throw failures[0];
    },
  };
}
