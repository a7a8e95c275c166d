/** Runs a task as soon as there is room; rejects with the signal's reason when it is aborted while it waits. */
export type RunLimited = <T>(task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** Lets at most `most` tasks run at once; the others wait in order. */
export function limitConcurrency(most: number): RunLimited {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task, signal) => {
    signal?.throwIfAborted();
    if (running < most) running += 1;
    else await turn(waiting, signal);
    try {
      return await task();
    } finally {
      // The room is handed on, so nobody can slip in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

function turn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const enter = (): void => {
    signal?.removeEventListener('abort', leave);
    resolve(undefined);
  };
  const leave = (): void => {
    waiting.splice(waiting.indexOf(enter), 1);
    reject(signal?.reason);
  };
  waiting.push(enter);
  signal?.addEventListener('abort', leave, { once: true });
  return promise;
}
