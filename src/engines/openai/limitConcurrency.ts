/** Waits for room, and gives a function that makes room again. Rejects with the reason of a signal that is aborted. */
export type Enter = (signal?: AbortSignal) => Promise<() => void>;

/** Lets at most `most` be inside at once; the others wait in order. */
export function limitConcurrency(most: number): Enter {
  const waiting: (() => void)[] = [];
  let running = 0;
  const leave = (): void => {
    // The room is handed on, so nobody can slip in between.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (signal) => {
    signal?.throwIfAborted();
    if (running < most) running += 1;
    else await turn(waiting, signal);
    return leave;
  };
}

function turn(waiting: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const enter = (): void => {
    signal?.removeEventListener('abort', giveUp);
    resolve(undefined);
  };
  const giveUp = (): void => {
    waiting.splice(waiting.indexOf(enter), 1);
    reject(signal?.reason);
  };
  waiting.push(enter);
  signal?.addEventListener('abort', giveUp, { once: true });
  return promise;
}
