/**
 * Why a call failed, as far as it matters for another try. `refused`: the server has too much to do (429, 503), and may have told
 * for how long. `stalled`: no answer in time. `broken`: a fault of the server or the line (5xx, 408, a lost connection).
 * `final`: to ask again would be in vain.
 */
export type CallFailure =
  { readonly kind: 'refused'; readonly toldMs: number | null } | { readonly kind: 'stalled' | 'broken' | 'final' };

/** How long a call is tried. */
export interface Persistence {
  /** Tries after the first one, where calls fail; of those that are refused twice as many. */
  readonly maxRetries: number;
  /** Most milliseconds that a call waits in all because it is refused. */
  readonly patienceMs: number;
}

/** What became of a call so far. */
export interface Tries {
  readonly failed: number;
  readonly refused: number;
  /** Waited for after refusals. */
  readonly waitedMs: number;
}

export const NO_TRIES: Tries = { failed: 0, refused: 0, waitedMs: 0 };

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/**
 * When a call that failed is tried again; null: no more. Waits double from a quarter of a second to half a minute, less up to
 * half of it by chance, so that calls which failed together do not come again together. What the server told is obeyed, with up
 * to a tenth added by chance; a server that told less than the wait would be is refusing for longer than it knows.
 *
 * @param random uniform in [0, 1)
 */
export function nextTry(
  { failed, refused, waitedMs }: Tries,
  failure: CallFailure,
  { maxRetries, patienceMs }: Persistence,
  random: () => number,
): { readonly tries: Tries; readonly waitMs: number } | null {
  switch (failure.kind) {
    case 'final':
      return null;
    case 'refused': {
      const toldMs = (failure.toldMs ?? 0) * (1 + random() / 10);
      const waitMs = Math.max(toldMs, waitAfter(refused, random));
      if (refused >= 2 * maxRetries || waitedMs + waitMs > patienceMs) return null;
      return { tries: { failed, refused: refused + 1, waitedMs: waitedMs + waitMs }, waitMs };
    }
    case 'stalled':
    case 'broken':
      if (failed >= maxRetries) return null;
      return { tries: { failed: failed + 1, refused, waitedMs }, waitMs: waitAfter(failed, random) };
  }
}

function waitAfter(tries: number, random: () => number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) * (1 - random() / 2);
}
