import { existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** One piece of a long piece of work, which can be taken up again after it was cut. */
export interface Step {
  readonly name: string;
  /** Whether its result is there from an earlier run. */
  readonly isDone: () => boolean;
  readonly run: () => void;
}

/**
 * A step that makes one file or folder. It is made as `unfinished-RESULT` and gets its own name when it is whole, so that what an
 * earlier run left half made is not taken for the result.
 */
export function making(result: string, name: string, make: (unfinished: string) => void): Step {
  return goingOn(result, name, (unfinished) => {
    rmSync(unfinished, { recursive: true, force: true });
    make(unfinished);
  });
}

/** As `making`, for a command that goes on from what it finds of an earlier run. */
export function goingOn(result: string, name: string, make: (unfinished: string) => void): Step {
  const unfinished = join(dirname(result), `unfinished-${basename(result)}`);
  return {
    name,
    isDone: () => existsSync(result),
    run: () => {
      make(unfinished);
      renameSync(unfinished, result);
    },
  };
}

/** Runs steps in their order, and says of each that it begins and how long it took, or that it was done before. */
export function runSteps(steps: readonly Step[], say: (line: string) => void): void {
  for (const [index, { name, isDone, run }] of steps.entries()) {
    const label = `[${index + 1}/${steps.length}] ${name}`;
    if (isDone()) {
      say(`${label}: done before`);
      continue;
    }
    say(`${label} ...`);
    const started = performance.now();
    run();
    say(`${label}: ${duration(performance.now() - started)}`);
  }
}

/** A duration in words: `0.4 s`, `12 s`, `90 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 9_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
