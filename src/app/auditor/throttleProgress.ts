import type { OnProgress } from '../../audit/onProgress.ts';

/** Steps of a call come by the thousand; nobody sees more than ten of them a second. */
const LEAST_GAP_MS = 100;

export interface ThrottledProgress {
  readonly onProgress: OnProgress;
  /** Says what was held back last. */
  readonly flush: () => void;
}

/** Lets through one step in a while, the first and the last of each activity among them. */
export function throttleProgress(
  onProgress: OnProgress,
  nowMs: () => number = () => performance.now(),
): ThrottledProgress {
  let heldBack: Parameters<OnProgress> | null = null;
  let lastActivity: string | null = null;
  let lastMs = 0;

  function flush(): void {
    if (heldBack !== null) onProgress(...heldBack);
    heldBack = null;
  }

  return {
    onProgress(activity, done, total) {
      if (activity !== lastActivity) flush();
      const isDue = activity !== lastActivity || done >= total || nowMs() - lastMs >= LEAST_GAP_MS;
      heldBack = [activity, done, total];
      if (!isDue) return;
      flush();
      lastActivity = activity;
      lastMs = nowMs();
    },
    flush,
  };
}
