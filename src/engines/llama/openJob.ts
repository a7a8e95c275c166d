import type { Result, Task } from './llamaMessages.ts';

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  /** Aborted when what is being written is enough: the answer then comes as far as it is there, and no error. */
  readonly stopSignal?: AbortSignal | undefined;
  /** Called with each token that is written, while the question is open. */
  readonly onToken?: ((token: number, from: number) => void) | undefined;
}

/** The work that a question makes. It can be ended more than once, and the first time counts. */
export interface Job {
  readonly id: number;
  readonly task: Task;
  readonly onToken: (token: number, from: number) => void;
  readonly isEnough: () => boolean;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** Whom a job tells that its question needs less than was asked for. Each hears of it once at most. */
export interface JobListener {
  /** The question has ended, and the job's own end will reach nobody. */
  readonly onGivenUp: (id: number) => void;
  /** The question is open still, and what is there is enough. */
  readonly onEnough: (id: number) => void;
}

/**
 * A job, and the promise of how its question ends: as the job is ended or, before that, with the signal's reason or
 * what `onToken` threw.
 */
export function openJob(
  id: number,
  task: Task,
  { signal, stopSignal, onToken }: AskOptions,
  { onGivenUp, onEnough }: JobListener,
): { readonly job: Job; readonly ending: Promise<Result> } {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  let isOpen = true;
  const stop = (): void => {
    onEnough(id);
  };
  const close = (): void => {
    isOpen = false;
    signal?.removeEventListener('abort', abort);
    stopSignal?.removeEventListener('abort', stop);
  };
  const giveUp = (reason: unknown): void => {
    close();
    reject(reason);
    onGivenUp(id);
  };
  const abort = (): void => {
    giveUp(signal?.reason);
  };
  if (signal?.aborted === true) {
    abort();
  } else {
    signal?.addEventListener('abort', abort, { once: true });
    stopSignal?.addEventListener('abort', stop, { once: true });
  }
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
    isEnough: () => stopSignal?.aborted === true,
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
