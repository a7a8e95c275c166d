import { CandorError } from '../../core/candorError.ts';

/** Of a call's time, the part that is kept for putting together what there is; of a long one no more than this. */
const ANSWER_SHARE = 0.2;
const MOST_ANSWER_MS = 5_000;

/** How long a call may take. Both signals are aborted for want of time with a CandorError `out-of-time`. */
export interface CallClock {
  /** Aborted while there is time to answer yet: what was judged by then is to be the answer. */
  readonly timeSignal: AbortSignal;
  /** Aborted when there is none left, or with the caller's reason when the caller cancels. */
  readonly callSignal: AbortSignal;
  stop(): void;
}

/** Starts the clock of a call, whose wait for others counts too. */
export function startCallClock(timeLimitMs: number, cancelled: AbortSignal): CallClock {
  const answerMs = Math.min(ANSWER_SHARE * timeLimitMs, MOST_ANSWER_MS);
  const [time, call] = [new AbortController(), new AbortController()];
  const timers = [
    setTimeout(() => {
      time.abort(timeIsUp(timeLimitMs));
    }, timeLimitMs - answerMs),
    setTimeout(() => {
      call.abort(timeIsUp(timeLimitMs));
    }, timeLimitMs),
  ];
  return {
    timeSignal: time.signal,
    callSignal: AbortSignal.any([cancelled, call.signal]),
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function timeIsUp(timeLimitMs: number): CandorError {
  const message = `That took longer than the ${timeLimitMs / 1000} s of one call. Ask about fewer files, or again: what was learned by now is kept.`;
  return new CandorError('out-of-time', message);
}
