import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTry, NO_TRIES, type CallFailure } from '../../../../src/engines/openai/nextTry.ts';

const LIMITS = { maxRetries: 4, patienceMs: 300_000 };

/** The waits after failures that are all alike, until no other try is made. */
function waits(failure: CallFailure, random: () => number, limits = LIMITS): readonly number[] {
  const waited: number[] = [];
  for (let tries = NO_TRIES; ;) {
    const next = nextTry(tries, failure, limits, random);
    if (next === null) return waited;
    waited.push(next.waitMs);
    ({ tries } = next);
  }
}

describe('nextTry', () => {
  it.each([
    ['in vain', { kind: 'final' as const }, []],
    ['broken', { kind: 'broken' as const }, [250, 500, 1000, 2000]],
    ['stalled', { kind: 'stalled' as const }, [250, 500, 1000, 2000]],
    ['refused', { kind: 'refused' as const, toldMs: null }, [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000]],
    ['told', { kind: 'refused' as const, toldMs: 1000 }, [1000, 1000, 1000, 2000, 4000, 8000, 16_000, 30_000]],
    ['told to wait long', { kind: 'refused' as const, toldMs: 100_000 }, [100_000, 100_000, 100_000]],
    ['told to wait too long', { kind: 'refused' as const, toldMs: 300_001 }, []],
  ])('waits ever longer: %s', (_, failure, expected) => {
    expect(waits(failure, () => 0)).toEqual(expected);
  });

  it('tries once where it shall not try again', () => {
    for (const kind of ['broken', 'stalled'] as const) {
      expect(waits({ kind }, Math.random, { ...LIMITS, maxRetries: 0 })).toEqual([]);
    }
    expect(waits({ kind: 'refused', toldMs: 0 }, Math.random, { ...LIMITS, maxRetries: 0 })).toEqual([]);
  });

  it('ends, waits as long as it was told and no longer than its patience, and is never in step with others', () => {
    const kinds: fc.Arbitrary<CallFailure> = fc.oneof(
      fc.constantFrom<CallFailure>({ kind: 'broken' }, { kind: 'stalled' }),
      fc.record({ kind: fc.constant('refused' as const), toldMs: fc.option(fc.nat(20_000)) }),
    );
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(kinds, { minLength: 13, maxLength: 13 }), unit, (failures, chance) => {
        let [tries, ended] = [NO_TRIES, false];
        for (const failure of failures) {
          const next = nextTry(tries, failure, LIMITS, () => chance);
          if (next === null) {
            ended = true;
            break;
          }
          if (failure.kind === 'refused') expect(next.waitMs).toBeGreaterThanOrEqual(failure.toldMs ?? 0);
          expect(next.waitMs).toBeGreaterThanOrEqual(125);
          expect(next.tries.waitedMs).toBeLessThanOrEqual(LIMITS.patienceMs);
          ({ tries } = next);
        }
        // Four failures and eight refusals at most.
        expect(ended).toBe(true);
      }),
    );
  });
});
