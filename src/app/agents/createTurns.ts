import { CandorError } from '../../core/candorError.ts';
import { unlessAborted } from '../unlessAborted.ts';

/** Lets calls be answered one after the other. */
export interface Turns {
  /**
   * Does some work when all that was asked before is done. Whoever aborts hears its reason at once, and no longer stands in
   * line.
   * @throws CandorError `bad-call` when too many wait already
   */
  take<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

/** Work that goes on for so long after it was aborted holds up nobody else. */
const GRACE_MS = 5_000;

export function createTurns(mostWaiting: number, graceMs = GRACE_MS): Turns {
  const line: (() => void)[] = [];
  let isBusy = false;

  function next(): void {
    const first = line.shift();
    if (first === undefined) isBusy = false;
    else first();
  }

  async function wait(signal: AbortSignal): Promise<void> {
    if (line.length >= mostWaiting) {
      const message = `Candor answers one call at a time, and ${mostWaiting} wait already. Ask again when they are answered.`;
      throw new CandorError('bad-call', message);
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const turn = (): void => {
      resolve(undefined);
    };
    line.push(turn);
    try {
      await unlessAborted(promise, signal);
    } catch (error) {
      const place = line.indexOf(turn);
      // Its turn may have come in the moment in which it was aborted.
      if (place < 0) next();
      else line.splice(place, 1);
      throw error;
    }
  }

  return {
    async take(signal, work) {
      signal.throwIfAborted();
      if (isBusy) await wait(signal);
      isBusy = true;
      const working = work();
      void Promise.race([settled(working), longAborted(signal, graceMs)]).then(next);
      return unlessAborted(working, signal);
    },
  };
}

async function settled(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}

function longAborted(signal: AbortSignal, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const startGrace = (): void => void setTimeout(resolve, graceMs).unref();
    if (signal.aborted) startGrace();
    else signal.addEventListener('abort', startGrace, { once: true });
  });
}
