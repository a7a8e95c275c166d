import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { DEFAULT_UNSURE_SETTINGS, unsureCosts } from '../../../../src/core/opinions/unsureCosts.ts';
import type { UnsureRegion } from '../../../../src/core/opinions/unsureChoice.ts';
import { utilityOf } from '../../../../src/core/opinions/utilityOf.ts';

const region = (start: number, end: number): UnsureRegion => ({ start, end });

describe('unsureCosts', () => {
  it('of the defaults, p = .7, c = 5 and q = .5, are known by hand', () => {
    // d = 1 - 2 * .7 * .5 = .3; 2q - d = .7; qc = 2.5; (1 - .7)(1 - .5) 5 = .75
    const costs = unsureCosts(DEFAULT_UNSURE_SETTINGS);
    expect(costs.unsureDelete).toBeCloseTo(0.3, 14);
    expect(costs.unsureMatch).toBeCloseTo(0.7, 14);
    expect(costs.unsureStart).toBe(2.5);
    expect(costs.region).toBeCloseTo(0.75, 14);
    expect([costs.sureMatch, costs.sureDelete, costs.sureStart]).toEqual([1, 1, 5]);
  });

  it('make marks of no use at a sensitivity of 1', () => {
    const costs = unsureCosts({ ...DEFAULT_UNSURE_SETTINGS, editSensitivity: 1 });
    expect(costs).toEqual({
      sureMatch: 1,
      sureDelete: 1,
      unsureMatch: 1,
      unsureDelete: 1,
      sureStart: 5,
      unsureStart: 5,
      region: 0,
    });
  });

  it.each([{ effectivePrecision: 1.1 }, { effectivePrecision: Number.NaN }, { editSensitivity: -0.1 }])(
    'refuse %j',
    (changed) => {
      expect(() => unsureCosts({ ...DEFAULT_UNSURE_SETTINGS, ...changed })).toThrow(CandorError);
    },
  );

  it.each([-1, Infinity, Number.NaN])('refuse a start of %d', (startEditingCost) => {
    expect(() => unsureCosts({ ...DEFAULT_UNSURE_SETTINGS, startEditingCost })).toThrow(CandorError);
  });
});

describe('utilityOf', () => {
  /** Three parts of four characters. Marked, a match is worth 2.8 and a deletion costs 1.2; a region costs .75. */
  const suggestion = ['aaaa', 'bbbb', 'cccc'];

  it.each([
    ['nothing marked, the same', [], suggestion, 12],
    ['nothing marked, b replaced: 4 - 4 - 5 + 4', [], ['aaaa', 'x', 'cccc'], -1],
    ['nothing marked, b deleted', [], ['aaaa', 'cccc'], -1],
    ['nothing marked, one inserted: 12 - 5', [], ['aaaa', 'x', 'bbbb', 'cccc'], 7],
    ['nothing marked, ten inserted', [], ['aaaa', ...new Array<string>(10).fill('x'), 'bbbb', 'cccc'], 7],
    ['nothing marked, two places: 12 - 5 - 5', [], ['x', 'aaaa', 'bbbb', 'cccc', 'x'], 2],
    ['nothing marked, all deleted: -12 - 5', [], [], -17],
    ['b marked, the same: 4 + 2.8 + 4 - .75', [region(1, 2)], suggestion, 10.05],
    ['b marked and replaced: 4 - 1.2 - 2.5 + 4 - .75', [region(1, 2)], ['aaaa', 'x', 'cccc'], 3.55],
    ['b marked, inserted before it: 10.05 - 2.5', [region(1, 2)], ['aaaa', 'x', 'bbbb', 'cccc'], 7.55],
    ['b marked, inserted after it', [region(1, 2)], ['aaaa', 'bbbb', 'x', 'cccc'], 7.55],
    ['b marked, inserted elsewhere: 10.05 - 5', [region(1, 2)], ['aaaa', 'bbbb', 'cccc', 'x'], 5.05],
    ['a gap marked, the same: 12 - .75', [region(1, 1)], suggestion, 11.25],
    ['a gap marked, inserted there: 12 - .75 - 2.5', [region(1, 1)], ['aaaa', 'x', 'bbbb', 'cccc'], 8.75],
    ['a gap marked, b deleted from there: 8 - 4 - 2.5 - .75', [region(1, 1)], ['aaaa', 'cccc'], 0.75],
    ['a gap marked, inserted elsewhere: 12 - .75 - 5', [region(1, 1)], ['x', ...suggestion], 6.25],
    ['the first gap', [region(0, 0)], ['x', ...suggestion], 8.75],
    ['the last gap', [region(3, 3)], [...suggestion, 'x'], 8.75],
    ['two regions: 12 - 1.5 - 5', [region(0, 0), region(3, 3)], ['x', ...suggestion, 'x'], 5.5],
    // The edit starts outside, before b: 4 - 4 - 1.2 - 5 - .75
    ['c marked, b and c deleted', [region(2, 3)], ['aaaa'], -6.95],
    // It starts inside, right after a: 2.8 - 1.2 - 4 - 2.5 - .75
    ['a and b marked, b and c deleted', [region(0, 2)], ['aaaa'], -5.65],
    ['all marked, all deleted: -3.6 - 2.5 - .75', [region(0, 3)], [], -6.85],
  ])('with %s', (_, regions, sample, utility) => {
    expect(utilityOf(suggestion, regions, sample)).toBeCloseTo(utility, 12);
  });

  it('lets go of a match that is not worth a second edit', () => {
    // Kept: 1 - 2 - 5 - 5. Not kept: -3 - 5.
    expect(utilityOf(['x', 'a', 'y'], [], ['p', 'a', 'q'])).toBe(-8);
  });

  it('of nothing', () => {
    expect(utilityOf([], [], [])).toBe(0);
    expect(utilityOf([], [], ['x'])).toBe(-5);
    expect(utilityOf([], [region(0, 0)], ['x'])).toBeCloseTo(-3.25, 12);
  });

  it('marks a part that stands alone exactly when it is right with a smaller chance than p', () => {
    const shares = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ p: shares, q: shares, chance: shares, cost: fc.double({ min: 0, max: 20, noNaN: true }) }),
        fc.integer({ min: 1, max: 20 }),
        ({ p, q, chance, cost }, length) => {
          fc.pre(Math.abs(chance - p) > 1e-6);
          const settings = { effectivePrecision: p, editSensitivity: q, startEditingCost: cost };
          const part = 'a'.repeat(length);
          const expected = (regions: readonly UnsureRegion[]): number =>
            chance * utilityOf([part], regions, [part], settings) +
            (1 - chance) * utilityOf([part], regions, ['b'], settings);
          expect(expected([region(0, 1)]) > expected([])).toBe(chance < p);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([
    ['regions that touch', [region(0, 1), region(1, 2)]],
    ['a gap at the edge of a region', [region(0, 1), region(1, 1)]],
    ['one gap twice', [region(1, 1), region(1, 1)]],
    ['regions that overlap', [region(0, 2), region(1, 3)]],
    ['regions that fall', [region(2, 3), region(0, 1)]],
    ['a region that ends before it starts', [region(2, 1)]],
    ['a region beyond the last part', [region(2, 4)]],
    ['a gap beyond the last', [region(4, 4)]],
    ['a region before the first', [region(-1, 1)]],
    ['half a part', [region(0.5, 1)]],
  ])('refuses %s', (_, regions) => {
    expect(() => utilityOf(suggestion, regions, suggestion)).toThrow(CandorError);
  });
});
