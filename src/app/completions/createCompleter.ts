import type { Completion } from './completion.ts';
import { completionLeft, createCompletionCache, mayGoWith, type CaretState } from './completionCache.ts';
import { unlessAborted } from '../unlessAborted.ts';

export interface CompleterOptions<Request extends CaretState> {
  /** Asks an engine. `onText` hears the completion as it is written, so that what was typed meanwhile can be held to it. */
  readonly complete: (
    request: Request,
    onText: (piece: string) => void,
    signal: AbortSignal,
  ) => Promise<Completion | null>;
  /** How long a person must have paused before an engine is asked. */
  readonly debounceMs: number;
  /** How long an engine goes on for nobody: the next request may take its answer over. */
  readonly lingerMs: number;
  /** Completions to remember, at least 1. */
  readonly mostCached: number;
}

export interface Completer<Request extends CaretState> {
  /**
   * The completion of a caret, or null for none and for a request that a newer one has taken the place of. What was suggested
   * before and is being typed comes at once. Rejects with the signal's reason when aborted, and with what `complete` throws.
   */
  readonly request: (request: Request, signal: AbortSignal) => Promise<Completion | null>;
  /** Stops what is under way. */
  readonly close: () => void;
}

/** What an engine is asked, or will be after the pause. */
interface Asking<Request> {
  readonly of: Request;
  readonly controller: AbortController;
  readonly answer: Promise<Completion | null>;
  /** What it has written so far. */
  begun: string;
  hasStarted: boolean;
  /** How many wait for it. */
  waiting: number;
}

/**
 * Asks an engine for one completion at a time, as a person types.
 *
 *     f|        asked, after a pause
 *     fo|       the engine is still writing, and `o` may be what it writes: it goes on
 *     foo(|     it wrote `oo(a)`: `a)` is served
 *     fox|      it wrote `oo(a)`: it is stopped, and another question asked
 */
export function createCompleter<Request extends CaretState>(options: CompleterOptions<Request>): Completer<Request> {
  const { complete, debounceMs, lingerMs, mostCached } = options;
  const cache = createCompletionCache(mostCached);
  let asking: Asking<Request> | null = null;
  let newest: Request | null = null;

  function ask(of: Request): Asking<Request> {
    const controller = new AbortController();
    const { signal } = controller;
    const answer = pause(debounceMs, signal).then(async () => {
      asked.hasStarted = true;
      const hear = (piece: string): void => {
        asked.begun += piece;
        if (newest !== null && !mayGoWith(of, asked.begun, newest)) stop(asked);
      };
      const completion = await complete(of, hear, signal);
      signal.throwIfAborted();
      cache.keep(of, completion);
      return completion;
    });
    const asked: Asking<Request> = { of, controller, answer, begun: '', hasStarted: false, waiting: 0 };
    const forget = (): void => {
      if (asking === asked) asking = null;
    };
    answer.then(forget, forget);
    return asked;
  }

  function stop(asked: Asking<Request> | null): void {
    if (asking === asked) asking = null;
    asked?.controller.abort();
  }

  async function waitFor(asked: Asking<Request>, request: Request, signal: AbortSignal): Promise<Completion | null> {
    asked.waiting++;
    try {
      const completion = await unlessAborted(asked.answer, signal);
      const left = completionLeft(asked.of, completion, request);
      return left === undefined ? await again(request, signal) : left;
    } catch (error) {
      signal.throwIfAborted();
      if (asked.controller.signal.aborted) return await again(request, signal);
      throw error;
    } finally {
      asked.waiting--;
      if (asked.waiting === 0) void lingerOver(asked);
    }
  }

  /** Once more for the newest request; nobody waits for an older one. */
  function again(request: Request, signal: AbortSignal): Promise<Completion | null> {
    return request === newest ? serve(request, signal) : Promise.resolve(null);
  }

  async function lingerOver(asked: Asking<Request>): Promise<void> {
    if (asking !== asked) return;
    await pause(lingerMs, asked.controller.signal).catch(() => undefined);
    if (asked.waiting === 0) stop(asked);
  }

  async function serve(request: Request, signal: AbortSignal): Promise<Completion | null> {
    signal.throwIfAborted();
    const known = cache.find(request);
    if (known !== undefined) return known;
    if (asking !== null && !(asking.hasStarted && mayGoWith(asking.of, asking.begun, request))) stop(asking);
    asking ??= ask(request);
    return waitFor(asking, request, signal);
  }

  return {
    request(request, signal) {
      newest = request;
      return serve(request, signal);
    },
    close() {
      newest = null;
      stop(asking);
    },
  };
}

/** Rejects with the signal's reason when aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await unlessAborted(passed, signal);
  } finally {
    clearTimeout(timer);
  }
}
