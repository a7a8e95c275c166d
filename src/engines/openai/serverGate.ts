import { boundedPace, fasterPace, fullPace, mayBegin, slowerPace } from './serverPace.ts';

/** What a call showed of its server. `null`: nothing, as where nobody waited for the answer. */
export type CallSign = 'went well' | { readonly waitMs: number } | null;

/** Ends a call's turn. Waits of others are told by `waitMs`: how long nothing should begin at that server. */
export type Leave = (sign: CallSign) => void;

/** Where all calls to one server pass through. */
export interface ServerGate {
  /**
   * Waits for a turn, in order; who was refused before goes first, so that nobody is refused without end.
   * Rejects with the reason of a signal that is aborted.
   */
  enter(signal: AbortSignal, isAgain: boolean): Promise<Leave>;
  /** Most that are inside at once. */
  readonly most: number;
  /** Lets at most so many in at once from now on. */
  allow(most: number): void;
}

/** Calls at once to a server of which nobody said how many it bears. */
export const USUAL_CONCURRENCY = 4;

const GATES = new Map<string, ServerGate>();

/** The gate of a server, the same one for all that ask it from this thread. @param origin as of a URL */
export function gateOf(origin: string): ServerGate {
  const gate = GATES.get(origin) ?? createServerGate(USUAL_CONCURRENCY);
  GATES.set(origin, gate);
  return gate;
}

/** A gate that goes by the pace of its server. @param now in milliseconds */
export function createServerGate(most: number, now: () => number = () => performance.now()): ServerGate {
  let pace = fullPace(most);
  let running = 0;
  let pause: NodeJS.Timeout | undefined;
  const waiting: (() => void)[] = [];

  function letIn(): void {
    clearTimeout(pause);
    while (waiting.length > 0 && mayBegin(pace, running, now())) {
      running += 1;
      waiting.shift()?.();
    }
    const pausedMs = pace.pausedUntilMs - now();
    // Timers may come a little early; the next one is then short.
    if (waiting.length > 0 && pausedMs > 0) pause = setTimeout(letIn, Math.ceil(pausedMs));
  }

  function leaver(startedMs: number): Leave {
    return (sign) => {
      running -= 1;
      if (sign === 'went well') pace = fasterPace(pace, startedMs);
      else if (sign !== null) pace = slowerPace(pace, { startedMs, nowMs: now(), waitMs: sign.waitMs });
      letIn();
    };
  }

  return {
    async enter(signal, isAgain) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<Leave>();
      const begin = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(leaver(now()));
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal.reason);
        letIn();
      };
      signal.addEventListener('abort', giveUp, { once: true });
      if (isAgain) waiting.unshift(begin);
      else waiting.push(begin);
      letIn();
      return promise;
    },
    get most() {
      return pace.most;
    },
    allow(allowed) {
      pace = boundedPace(pace, allowed);
      letIn();
    },
  };
}
