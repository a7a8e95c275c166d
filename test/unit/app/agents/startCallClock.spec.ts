import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCallClock } from '../../../../src/app/agents/startCallClock.ts';

const never = new AbortController().signal;
const OUT_OF_TIME = { reason: 'out-of-time', message: expect.stringContaining('fewer files') as string };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('startCallClock', () => {
  it.each([
    ['a fifth of a short call', 3_000, 2_400],
    ['five seconds of a long one', 50_000, 45_000],
  ])('keeps %s for the answer', (_, limitMs, workMs) => {
    const { timeSignal, callSignal } = startCallClock(limitMs, never);
    vi.advanceTimersByTime(workMs - 1);
    expect(timeSignal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(timeSignal.reason).toMatchObject(OUT_OF_TIME);
    expect(callSignal.aborted).toBe(false);
    vi.advanceTimersByTime(limitMs - workMs);
    expect(callSignal.reason).toMatchObject(OUT_OF_TIME);
  });

  it('ends the call with the caller’s own reason, which is no want of time', () => {
    const cancelled = new AbortController();
    const { timeSignal, callSignal } = startCallClock(3_000, cancelled.signal);
    cancelled.abort('enough');
    expect(callSignal.reason).toBe('enough');
    expect(timeSignal.aborted).toBe(false);
  });

  it('stops, and leaves no timer', () => {
    const clock = startCallClock(3_000, never);
    clock.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect([clock.timeSignal.aborted, clock.callSignal.aborted]).toEqual([false, false]);
  });
});
