import { isDeepStrictEqual } from 'node:util';
import type { OnProgress } from '../../audit/onProgress.ts';
import { CandorError } from '../../core/candorError.ts';
import type { EngineChoice } from '../engineChoice.ts';
import type { Tools } from '../openTools.ts';
import type { Call } from './call.ts';
import { unlessAborted } from '../unlessAborted.ts';

export type OpenTools = (choice: EngineChoice, onProgress: OnProgress, signal: AbortSignal) => Promise<Tools>;

/** The tools of the last engine that was chosen: opened when they are first needed, and shared by the calls for it. */
export interface HeldTools {
  /**
   * Does some work with the tools of an engine. An opening that fails is not kept, and the next call tries again; one for
   * which no call waits any more is given up.
   */
  use<Result>(choice: EngineChoice, call: Call, work: (tools: Tools) => Promise<Result>): Promise<Result>;
  /** The tools that are open; null where there are none. */
  readonly current: Tools | null;
  /** Closes the tools when the calls that use them have ended, and opens none any more. */
  close(): Promise<void>;
}

/** One opening of tools, and the calls that wait for them or use them. */
interface Opening {
  readonly choice: EngineChoice;
  readonly controller: AbortController;
  readonly users: Set<Call>;
  readonly promise: Promise<Tools>;
  readonly closed: PromiseWithResolvers<void>;
  tools: Tools | null;
}

/** @param open opens tools; told to give up by its signal */
export function createHeldTools(open: OpenTools): HeldTools {
  let current: Opening | null = null;
  let isClosed = false;
  const living = new Set<Opening>();
  /** Settles when what was let go is closed: two models at a time may be more than the memory holds. */
  let gone: Promise<void> = Promise.resolve();

  function openingOf(choice: EngineChoice): Opening {
    if (isClosed) throw new CandorError('engine-failed', 'Candor was closed. Open it again.');
    if (current !== null && isDeepStrictEqual(current.choice, choice)) return current;
    letGo();
    const controller = new AbortController();
    const users = new Set<Call>();
    const onProgress: OnProgress = (...progress) => {
      for (const user of users) user.onProgress(...progress);
    };
    const promise = gone.then(() => {
      controller.signal.throwIfAborted();
      return open(choice, onProgress, controller.signal);
    });
    const opening: Opening = { choice, controller, users, promise, closed: Promise.withResolvers(), tools: null };
    current = opening;
    living.add(opening);
    promise.then(
      (tools) => {
        opening.tools = tools;
      },
      () => {
        if (current === opening) current = null;
      },
    );
    return opening;
  }

  /** The current tools are nobody's any more; calls that use them go on to their ends. */
  function letGo(): void {
    const old = current;
    current = null;
    if (old?.users.size === 0) closeSoon(old);
  }

  function closeSoon(opening: Opening): void {
    const { controller, promise, closed } = opening;
    controller.abort();
    const ending = promise.then((tools) => tools.close()).catch(() => undefined);
    closed.resolve(ending);
    void ending.then(() => living.delete(opening));
    gone = Promise.all([gone, ending]).then(() => undefined);
  }

  function leave(opening: Opening, call: Call): void {
    opening.users.delete(call);
    if (opening.users.size > 0) return;
    if (current === opening && opening.tools === null) current = null;
    if (current !== opening) closeSoon(opening);
  }

  return {
    async use(choice, call, work) {
      call.abortSignal.throwIfAborted();
      const opening = openingOf(choice);
      // A call of its own, however often the caller uses one and the same.
      const user = { ...call };
      opening.users.add(user);
      try {
        return await work(await unlessAborted(opening.promise, call.abortSignal));
      } finally {
        leave(opening, user);
      }
    },
    get current() {
      return current?.tools ?? null;
    },
    async close() {
      isClosed = true;
      letGo();
      await Promise.all(Array.from(living, ({ closed }) => closed.promise));
    },
  };
}
