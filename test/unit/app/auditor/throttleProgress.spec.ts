import { describe, expect, it } from 'vitest';
import { throttleProgress } from '../../../../src/app/auditor/throttleProgress.ts';

/** What comes through of steps, each at a time in ms. */
function through(steps: readonly (readonly [atMs: number, activity: string, done: number, total: number])[]): string[] {
  const said: string[] = [];
  let nowMs = 0;
  const { onProgress, flush } = throttleProgress(
    (...step) => said.push(step.join(' ')),
    () => nowMs,
  );
  for (const [atMs, ...step] of steps) {
    nowMs = atMs;
    onProgress(...step);
  }
  flush();
  flush();
  return said;
}

describe('throttleProgress', () => {
  it('lets ten steps a second through, and the last one', () => {
    const steps = Array.from({ length: 1000 }, (_, ms) => [ms, 'learning', ms, 5000] as const);
    const said = through(steps);
    expect(said).toHaveLength(11);
    expect(said[0]).toBe('learning 0 5000');
    expect(said.at(-1)).toBe('learning 999 5000');
  });

  it('lets the end of an activity through at once, and the last step of one that did not come to its end', () => {
    expect(
      through([
        [0, 'learning', 1, 9],
        [1, 'learning', 2, 9],
        [2, 'judging', 1, 3],
        [3, 'judging', 2, 3],
        [4, 'judging', 3, 3],
      ]),
    ).toEqual(['learning 1 9', 'learning 2 9', 'judging 1 3', 'judging 3 3']);
  });
});
