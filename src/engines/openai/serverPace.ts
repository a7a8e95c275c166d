/** How many calls a server bears, by what it answered. Times are in milliseconds of one clock. */
export interface ServerPace {
  /** Most calls at once, whatever the server would bear. */
  readonly most: number;
  /** Calls that may be under way at once: from 1 to `most`. */
  readonly allowed: number;
  /** Calls that went well since `allowed` changed. */
  readonly wentWell: number;
  /** When `allowed` was cut. What began before it was asked at the pace before, and says nothing about this one. */
  readonly cutAtMs: number;
  /** Nothing begins before. */
  readonly pausedUntilMs: number;
}

/** The pace of a server that has not been asked yet: as fast as may be. */
export function fullPace(most: number): ServerPace {
  return { most, allowed: most, wentWell: 0, cutAtMs: -Infinity, pausedUntilMs: -Infinity };
}

/** The pace under another bound. One that was never cut goes up with it, and one that was cut grows up to it. */
export function boundedPace(pace: ServerPace, most: number): ServerPace {
  return { ...pace, most, allowed: pace.allowed < pace.most ? Math.min(pace.allowed, most) : most };
}

/**
 * The pace after a call that went well: one more at once for every `allowed` of them, so it grows by one a round.
 * Source: the additive increase and multiplicative decrease of TCP (V. Jacobson, Congestion Avoidance and Control, 1988).
 *
 * @param startedMs when that call began
 */
export function fasterPace(pace: ServerPace, startedMs: number): ServerPace {
  if (startedMs < pace.cutAtMs || pace.allowed >= pace.most) return pace;
  const wentWell = pace.wentWell + 1;
  return wentWell < pace.allowed ? { ...pace, wentWell } : { ...pace, allowed: pace.allowed + 1, wentWell: 0 };
}

/** A call that showed that the server has too much to do, and how long nothing should begin after it. */
export interface Overload {
  readonly startedMs: number;
  readonly nowMs: number;
  readonly waitMs: number;
}

/** The pace after such a call: half of what was allowed, once for all the calls that were under way together. */
export function slowerPace(pace: ServerPace, { startedMs, nowMs, waitMs }: Overload): ServerPace {
  const paused = { ...pace, pausedUntilMs: Math.max(pace.pausedUntilMs, nowMs + waitMs) };
  if (startedMs < pace.cutAtMs) return paused;
  return { ...paused, allowed: Math.max(1, Math.floor(pace.allowed / 2)), wentWell: 0, cutAtMs: nowMs };
}

/** Whether another call may begin. */
export function mayBegin(pace: ServerPace, running: number, nowMs: number): boolean {
  return running < pace.allowed && nowMs >= pace.pausedUntilMs;
}
