import { CandorError } from '../../core/candorError.ts';
import type { Call } from './call.ts';
import {
  isAnswerTo,
  type CallerMessage,
  type CallName,
  type Calls,
  type Failure,
  type Question,
  type ThreadMessage,
} from './callMessages.ts';

/** The calls over one channel that are not answered yet. */
export interface OpenCalls {
  readonly size: number;
  /** Asks, and waits for the answer. A call that is aborted rejects at once with its signal's reason. */
  ask<Name extends CallName>(
    name: Name,
    question: Question & { readonly name: Name },
    call: Call,
  ): Promise<Calls[Name]['gives']>;
  /** Takes a message of the other side. */
  take(message: ThreadMessage): void;
  /** Rejects all that are open. */
  failAll(error: CandorError): void;
}

interface OpenCall {
  take(message: ThreadMessage): void;
  fail(error: unknown): void;
}

/** @param post sends a message to the other side */
export function createOpenCalls(post: (message: CallerMessage) => void): OpenCalls {
  const open = new Map<number, OpenCall>();
  let nextId = 0;

  return {
    get size() {
      return open.size;
    },
    async ask(name, question, { onProgress, abortSignal }) {
      abortSignal.throwIfAborted();
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<Calls[typeof name]['gives']>();
      const abort = (): void => {
        open.delete(id);
        reject(abortSignal.reason);
        post({ kind: 'cancel', id });
      };
      open.set(id, {
        take(message) {
          if (message.kind === 'progress') onProgress(message.activity, message.done, message.total);
          else if (isAnswerTo(name, message)) resolve(message.given);
          else reject(message.kind === 'failed' ? errorOf(message.failure) : mixedUp(message.name));
        },
        fail: reject,
      });
      abortSignal.addEventListener('abort', abort, { once: true });
      try {
        post({ kind: 'ask', id, question });
        return await promise;
      } finally {
        open.delete(id);
        abortSignal.removeEventListener('abort', abort);
      }
    },
    take(message) {
      open.get(message.id)?.take(message);
    },
    failAll(error) {
      for (const call of open.values()) call.fail(error);
      open.clear();
    },
  };
}

function errorOf({ reason, message, stack }: Failure): CandorError {
  if (stack === undefined) return new CandorError(reason, message);
  const cause = new Error('in the thread of the auditor');
  cause.stack = stack;
  return new CandorError(reason, message, { cause });
}

function mixedUp(name: CallName): CandorError {
  return new CandorError('engine-failed', `Candor answered another question (${name}). Try again.`);
}
