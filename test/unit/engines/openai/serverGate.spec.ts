import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServerGate, gateOf, type CallSign, type Leave } from '../../../../src/engines/openai/serverGate.ts';

const NEVER = new AbortController().signal;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createServerGate', () => {
  it('lets in as many as it may, in order, and who comes again first', async () => {
    const gate = createServerGate(1);
    const inside: string[] = [];
    const leave = await gate.enter(NEVER, false);
    const come = (name: string, isAgain = false): void => {
      void gate.enter(NEVER, isAgain).then((next) => {
        inside.push(name);
        next('went well');
      });
    };
    come('a');
    come('b');
    come('again', true);
    await vi.advanceTimersByTimeAsync(10);
    expect(inside).toEqual([]);
    leave('went well');
    await vi.advanceTimersByTimeAsync(0);
    expect(inside).toEqual(['again', 'a', 'b']);
  });

  it('pauses for all after a refusal, and then goes on with fewer', async () => {
    const gate = createServerGate(4);
    const leaves = await Promise.all(Array.from({ length: 4 }, () => gate.enter(NEVER, false)));
    await vi.advanceTimersByTimeAsync(5);
    leaves.forEach((leave) => {
      leave({ waitMs: 1000 });
    });
    let running = 0;
    for (let at = 0; at < 5; at++) void gate.enter(NEVER, false).then(() => running++);
    await vi.advanceTimersByTimeAsync(999);
    expect(running).toBe(0);
    await vi.advanceTimersByTimeAsync(2);
    expect(running).toBe(2);
  });

  it('forgets who leaves the queue, and keeps no timer for nobody', async () => {
    const gate = createServerGate(1);
    (await gate.enter(NEVER, false))({ waitMs: 60_000 });
    const gone = new AbortController();
    const entering = expect(gate.enter(gone.signal, false)).rejects.toBe('gone');
    expect(vi.getTimerCount()).toBe(1);
    gone.abort('gone');
    await entering;
    expect(vi.getTimerCount()).toBe(0);
    await expect(gate.enter(gone.signal, false)).rejects.toBe('gone');
  });

  it('lets in more as soon as it may', async () => {
    const gate = createServerGate(1);
    await gate.enter(NEVER, false);
    let running = 1;
    for (let at = 0; at < 3; at++) void gate.enter(NEVER, false).then(() => running++);
    gate.allow(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(running).toBe(3);
  });

  it('lets everybody in at last, never too many and never in a pause, whatever happens', async () => {
    const call = fc.record({
      tookMs: fc.nat(50),
      isAborted: fc.boolean(),
      sign: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom<CallSign>('went well', null) },
        { weight: 1, arbitrary: fc.record({ waitMs: fc.nat(500) }) },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), fc.array(call, { maxLength: 60 }), async (most, calls) => {
        const gate = createServerGate(most);
        const seen = { running: 0, most: 0, pausedUntilMs: -Infinity, inPause: 0, ended: 0, aborted: 0 };
        const visit = async (leave: Leave, tookMs: number, sign: CallSign): Promise<void> => {
          if (performance.now() < seen.pausedUntilMs) seen.inPause += 1;
          seen.running += 1;
          seen.most = Math.max(seen.most, seen.running);
          await new Promise((resolve) => setTimeout(resolve, tookMs));
          seen.running -= 1;
          if (sign !== null && sign !== 'went well') {
            seen.pausedUntilMs = Math.max(seen.pausedUntilMs, performance.now() + sign.waitMs);
          }
          leave(sign);
          seen.ended += 1;
        };
        for (const { tookMs, isAborted, sign } of calls) {
          const aborter = new AbortController();
          if (isAborted) {
            setTimeout(() => {
              aborter.abort();
            }, tookMs);
          }
          void gate.enter(aborter.signal, false).then(
            (leave) => visit(leave, tookMs, sign),
            () => (seen.aborted += 1),
          );
        }
        await vi.advanceTimersByTimeAsync(60 * 600);
        expect(seen.ended + seen.aborted).toBe(calls.length);
        expect(seen.most).toBeLessThanOrEqual(most);
        expect(seen.inPause).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('gateOf', () => {
  it('is one for each server', () => {
    expect(gateOf('http://a.example')).toBe(gateOf('http://a.example'));
    expect(gateOf('http://a.example')).not.toBe(gateOf('http://b.example'));
  });
});
