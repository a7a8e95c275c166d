import type { WriteStream } from 'node:tty';
import { createTimeLeft } from '../app/timeLeft.ts';

/** Tells how far a long piece of work has come. */
export interface Progress {
  /** What is being done, and how much of it: `done` of `total`. */
  readonly update: (activity: string, done: number, total: number) => void;
  /** Takes the bar away. */
  readonly end: () => void;
}

const BAR_WIDTH = 24;
const MIN_INTERVAL_MS = 80;

/** A progress bar on a terminal; silence where the stream is a pipe or a file. */
export function progressBar(stream: WriteStream | { readonly isTTY?: false }): Progress {
  if (stream.isTTY !== true) return { update: () => undefined, end: () => undefined };
  let lastDrawnMs = 0;
  const timeLeft = createTimeLeft();
  return {
    update(activity, done, total) {
      const left = timeLeft(activity, done, total);
      const nowMs = performance.now();
      if (done < total && nowMs - lastDrawnMs < MIN_INTERVAL_MS) return;
      lastDrawnMs = nowMs;
      const filled = total === 0 ? BAR_WIDTH : Math.round((BAR_WIDTH * done) / total);
      const bar = '#'.repeat(filled).padEnd(BAR_WIDTH, '.');
      stream.clearLine(0);
      stream.cursorTo(0);
      stream.write(`[${bar}] ${activity} ${done} of ${total}${left === '' ? '' : `, ${left}`}`);
    },
    end() {
      stream.clearLine(0);
      stream.cursorTo(0);
    },
  };
}
