import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundedPace,
  fasterPace,
  fullPace,
  mayBegin,
  slowerPace,
  type ServerPace,
} from '../../../../src/engines/openai/serverPace.ts';

function after(pace: ServerPace, answers: number, startedMs: number): ServerPace {
  return Array.from({ length: answers }).reduce<ServerPace>((before) => fasterPace(before, startedMs), pace);
}

describe('the pace of a server', () => {
  it('is halved by a refusal, and grows by one a round', () => {
    const cut = slowerPace(fullPace(8), { startedMs: 0, nowMs: 10, waitMs: 100 });
    expect(cut).toMatchObject({ allowed: 4, pausedUntilMs: 110 });
    expect([3, 4, 8, 9, 14, 15].map((answers) => after(cut, answers, 20).allowed)).toEqual([4, 5, 5, 6, 6, 7]);
    expect(after(cut, 1000, 20).allowed).toBe(8);
  });

  it('is cut once for all that was under way, and no answer to that makes it faster', () => {
    const first = slowerPace(fullPace(8), { startedMs: 0, nowMs: 10, waitMs: 100 });
    const second = slowerPace(first, { startedMs: 5, nowMs: 12, waitMs: 300 });
    expect(second).toEqual({ ...first, pausedUntilMs: 312 });
    expect(after(second, 100, 9)).toEqual(second);
    expect(slowerPace(second, { startedMs: 320, nowMs: 330, waitMs: 0 }).allowed).toBe(2);
  });

  it('is bounded anew, and stays cut where it was', () => {
    expect(boundedPace(fullPace(4), 16)).toMatchObject({ most: 16, allowed: 16 });
    const cut = slowerPace(fullPace(8), { startedMs: 0, nowMs: 0, waitMs: 0 });
    expect(boundedPace(cut, 16)).toMatchObject({ most: 16, allowed: 4 });
    expect(boundedPace(cut, 3)).toMatchObject({ most: 3, allowed: 3 });
  });

  it('keeps to its bounds and its pauses, whatever happens', () => {
    const event = fc.record({
      isRefused: fc.boolean(),
      passedMs: fc.nat(50),
      tookMs: fc.nat(100),
      waitMs: fc.nat(200),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(event, { maxLength: 200 }), (most, events) => {
        let [pace, nowMs] = [fullPace(most), 0];
        for (const { isRefused, passedMs, tookMs, waitMs } of events) {
          nowMs += passedMs;
          const before = pace;
          const startedMs = nowMs - tookMs;
          pace = isRefused ? slowerPace(pace, { startedMs, nowMs, waitMs }) : fasterPace(pace, startedMs);
          expect(Number.isInteger(pace.allowed) && pace.allowed >= 1 && pace.allowed <= most).toBe(true);
          expect(pace.allowed).toBeLessThanOrEqual(isRefused ? before.allowed : before.allowed + 1);
          expect(pace.pausedUntilMs).toBeGreaterThanOrEqual(before.pausedUntilMs);
          if (isRefused && waitMs > 0) expect(mayBegin(pace, 0, nowMs + waitMs - 1)).toBe(false);
          expect(mayBegin(pace, pace.allowed, Infinity)).toBe(false);
          expect(mayBegin(pace, pace.allowed - 1, pace.pausedUntilMs)).toBe(true);
        }
      }),
    );
  });
});
