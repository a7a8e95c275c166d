import { describe, expect, it } from 'vitest';
import { createTimeLeft } from '../../../src/app/timeLeft.ts';

describe('createTimeLeft', () => {
  it.each([
    // steps of so many milliseconds, done after each, of a total: what is said after the last
    [1000, [1, 2, 3], 100, ''],
    [1000, [1, 2, 3, 4], 100, 'about 96 s left'],
    [1000, [10, 20, 30, 40], 100, 'about 6 s left'],
    [2000, [1, 2, 3, 4], 1000, 'about 33 min left'],
    [2000, [1, 2, 3, 4], 100_000, 'about 56 h left'],
    [4000, [5, 5, 5], 100, ''],
    [4000, [98, 99, 100], 100, ''],
    // Another piece of work begins with less.
    [4000, [50, 60, 1], 100, ''],
  ])('after steps of %d ms to %j of %d says %j', (stepMs, dones, total, words) => {
    let now = 0;
    const timeLeft = createTimeLeft(() => now);
    const said = dones.map((done) => {
      now += stepMs;
      return timeLeft('judging', done, total);
    });
    expect(said.at(-1)).toBe(words);
  });

  it('goes by the last twenty seconds', () => {
    let now = 0;
    const timeLeft = createTimeLeft(() => now);
    let said = '';
    // A thousand were recalled in a second; since then one took a second each.
    for (let second = 0; second <= 60; second++) {
      said = timeLeft('judging', second === 0 ? 0 : 1000 + second, 1160);
      now += 1000;
    }
    expect(said).toBe('about 2 min left');
  });

  it('begins anew with another activity', () => {
    let now = 0;
    const timeLeft = createTimeLeft(() => now);
    for (const [activity, done] of [
      ['learning', 1],
      ['learning', 50],
      ['judging', 60],
    ] as const) {
      now += 5000;
      expect(timeLeft(activity, done, 100)).toBe(activity === 'learning' && done === 50 ? 'about 6 s left' : '');
    }
  });
});
