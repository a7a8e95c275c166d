import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedChanges } from '../../../../src/core/sums/expectedChanges.ts';

const sure = (p: number): { p: number; low: number; high: number } => ({ p, low: p, high: p });

describe('expectedChanges', () => {
  it('adds up the chances of a change, and leaves out what nobody knows', () => {
    const { judged, leftOut, expected } = expectedChanges([
      { p: 0.9, low: 0.8, high: 0.95 },
      { p: 0.5, low: 0.4, high: 0.6 },
      null,
    ]);
    expect([judged, leftOut]).toEqual([2, 1]);
    expect(expected?.mean).toBeCloseTo(0.6, 10);
    // Luck 1.64485 * sqrt(.09 + .25) = .95911; ignorance .15 downwards, which ends at 0, and .2 upwards.
    expect(expected?.low).toBe(0);
    expect(expected?.high).toBeCloseTo(0.6 + Math.hypot(0.95911, 0.2), 4);
  });

  it('has the spread of coins where the chances are certain', () => {
    const { expected } = expectedChanges(Array.from({ length: 10 }, () => sure(0.5)));
    expect(expected?.mean).toBe(5);
    expect(expected?.low).toBeCloseTo(5 - 2.60074, 4);
    expect(expected?.high).toBeCloseTo(5 + 2.60074, 4);
  });

  it('expects nothing where nothing is known', () => {
    expect(expectedChanges([null, null])).toEqual({ judged: 0, leftOut: 2, expected: null });
    expect(expectedChanges([])).toEqual({ judged: 0, leftOut: 0, expected: null });
  });

  it('stays between none and all, and widens with ignorance', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { minLength: 1 }), p, (ps, reach) => {
        const narrow = expectedChanges(ps.map(sure)).expected!;
        const wide = expectedChanges(
          ps.map((one) => ({ p: one, low: Math.max(0, one - reach), high: Math.min(1, one + reach) })),
        ).expected!;
        expect(wide.mean).toBe(narrow.mean);
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
        expect(wide.low).toBeGreaterThanOrEqual(0);
        expect(wide.high).toBeLessThanOrEqual(ps.length);
      }),
    );
  });
});
