import type { Result, Task } from './llamaMessages.ts';

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with each token that is written, while the question is open. */
  readonly onToken?: ((token: number, from: number) => void) | undefined;
}

/** The work that a question makes. It can be ended more than once, and the first time counts. */
export interface Job {
  readonly id: number;
  readonly task: Task;
  readonly onToken: (token: number, from: number) => void;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A job, and the promise of how its question ends: as the job is ended or, before that, with the signal's reason or
 * what `onToken` threw.
 * @param onGivenUp called once if one of these ends the question; the job's own end then reaches nobody
 */
export function openJob(
  id: number,
  task: Task,
  { signal, onToken }: AskOptions,
  onGivenUp: () => void,
): { readonly job: Job; readonly ending: Promise<Result> } {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    signal?.removeEventListener('abort', abort);
  };
  const giveUp = (reason: unknown): void => {
    close();
    reject(reason);
    onGivenUp();
  };
  const abort = (): void => {
    giveUp(signal?.reason);
  };
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  const job: Job = {
    id,
    task,
    onToken: (token, from) => {
      if (!isOpen) return;
      try {
        onToken?.(token, from);
      } catch (error) {
        giveUp(error);
      }
    },
    resolve: (result) => {
      close();
      resolve(result);
    },
    reject: (reason) => {
      close();
      reject(reason);
    },
  };
  return { job, ending: promise };
}
