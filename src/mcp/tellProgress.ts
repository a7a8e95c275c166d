import type { OnProgress } from '../audit/onProgress.ts';
import type { RequestExtra } from './registerTools.ts';

const LEAST_INTERVAL_MS = 500;

/** Tells a client that asked for it how far its call has come. The protocol wants numbers that only grow: these are steps. */
export function tellProgress({ _meta, sendNotification }: RequestExtra): OnProgress {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  let steps = 0;
  let lastMs = -Infinity;
  return (activity, done, total) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < LEAST_INTERVAL_MS) return;
    lastMs = nowMs;
    const params = { progressToken, progress: ++steps, message: `${activity} ${done} of ${total}` };
    // A client that has gone will not read the answer either.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}
