import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { bradleyTerry, chanceToBeat, type Comparison } from '../../../../src/core/opinions/bradleyTerry.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

/** The slope of the penalised log-likelihood, worked out from its formula. */
function slopes(strengths: readonly number[], comparisons: readonly Comparison[], deviation: number): number[] {
  return strengths.map((strength, item) => {
    let slope = -strength / deviation ** 2;
    for (const { winner, loser, weight = 1 } of comparisons) {
      const surprise = weight / (1 + Math.exp(strengths[winner]! - strengths[loser]!));
      if (winner === item) slope += surprise;
      if (loser === item) slope -= surprise;
    }
    return slope;
  });
}

describe('bradleyTerry', () => {
  it('is known by hand where a wide prior leaves the counts alone', () => {
    // a beats b three times of four: odds 3. b beats c once of two: odds 1.
    const comparisons = [
      { winner: 0, loser: 1, weight: 3 },
      { winner: 1, loser: 0 },
      { winner: 1, loser: 2 },
      { winner: 2, loser: 1 },
    ];
    const [a, b, c] = bradleyTerry(3, comparisons, 1e4) as [number, number, number];
    expect(a - b).toBeCloseTo(Math.log(3), 5);
    expect(b - c).toBeCloseTo(0, 5);
    expect(chanceToBeat(a, b)).toBeCloseTo(0.75, 6);
    expect(chanceToBeat(b, a)).toBeCloseTo(0.25, 6);
  });

  it('exists for an item that never lost', () => {
    // What the page says: s with s / 4 = n / (1 + e^2s).
    for (const [count, lead, chance] of [
      [1, 1.4815, 0.8148],
      [20, 3.7341, 0.9767],
    ] as const) {
      const comparisons = Array.from({ length: count }, () => ({ winner: 0, loser: 1 }));
      const [best, worst] = bradleyTerry(2, comparisons) as [number, number];
      expect(best - worst).toBeCloseTo(lead, 3);
      expect(chanceToBeat(best, worst)).toBeCloseTo(chance, 4);
    }
  });

  it('gives 0 to whoever was not asked about, and all of it to nobody', () => {
    expect(bradleyTerry(0, [])).toEqual([]);
    expect(bradleyTerry(2, [])).toEqual([0, 0]);
    expect(bradleyTerry(3, [{ winner: 0, loser: 2 }])[1]).toBeCloseTo(0, 12);
    const circle = [
      { winner: 0, loser: 1 },
      { winner: 1, loser: 2 },
      { winner: 2, loser: 0 },
    ];
    for (const strength of bradleyTerry(3, circle)) expect(strength).toBeCloseTo(0, 12);
  });

  it('takes two halves for a tie', () => {
    const [one, other] = bradleyTerry(2, [
      { winner: 0, loser: 1, weight: 0.5 },
      { winner: 1, loser: 0, weight: 0.5 },
    ]) as [number, number];
    expect(one).toBeCloseTo(other, 12);
  });

  const leagues = fc.integer({ min: 2, max: 7 }).chain((itemCount) =>
    fc.record({
      itemCount: fc.constant(itemCount),
      comparisons: fc.array(
        fc
          .record({
            winner: fc.nat(itemCount - 1),
            step: fc.integer({ min: 1, max: itemCount - 1 }),
            weight: fc.double({ min: 0, max: 50, noNaN: true }),
          })
          .map(({ winner, step, weight }) => ({ winner, loser: (winner + step) % itemCount, weight })),
        { maxLength: 30 },
      ),
    }),
  );

  it('converges: at the strengths the penalised likelihood has no slope', () => {
    fc.assert(
      fc.property(leagues, fc.double({ min: 0.1, max: 20, noNaN: true }), ({ itemCount, comparisons }, deviation) => {
        const strengths = bradleyTerry(itemCount, comparisons, deviation);
        for (const slope of slopes(strengths, comparisons, deviation)) expect(Math.abs(slope)).toBeLessThan(1e-5);
        expect(Math.abs(strengths.reduce((sum, strength) => sum + strength, 0))).toBeLessThan(1e-2);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('does not depend on numbers or order, and turns about when all answers do', () => {
    fc.assert(
      fc.property(leagues, ({ itemCount, comparisons }) => {
        const strengths = bradleyTerry(itemCount, comparisons);
        const other = (item: number): number => itemCount - 1 - item;
        const renamed = bradleyTerry(
          itemCount,
          comparisons
            .map(({ winner, loser, weight }) => ({ winner: other(winner), loser: other(loser), weight }))
            .reverse(),
        );
        const turned = bradleyTerry(
          itemCount,
          comparisons.map(({ winner, loser, weight }) => ({ winner: loser, loser: winner, weight })),
        );
        for (const [item, strength] of strengths.entries()) {
          expect(renamed[other(item)]).toBeCloseTo(strength, 5);
          expect(turned[item]).toBeCloseTo(-strength, 5);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('finds planted strengths again', () => {
    const { uniform, normal } = seededRandom(3);
    const planted = Array.from({ length: 12 }, normal);
    const mean = planted.reduce((sum, strength) => sum + strength, 0) / planted.length;
    const comparisons = Array.from({ length: 20_000 }, () => {
      const one = Math.floor(12 * uniform());
      const other = (one + 1 + Math.floor(11 * uniform())) % 12;
      const wins = uniform() < chanceToBeat(planted[one]!, planted[other]!);
      return wins ? { winner: one, loser: other } : { winner: other, loser: one };
    });
    // About 3,300 answers an item: standard errors of some .04.
    for (const [item, strength] of bradleyTerry(12, comparisons).entries())
      expect(Math.abs(strength - (planted[item]! - mean))).toBeLessThan(0.16);
  });

  it.each([
    ['an item beyond the last', 2, [{ winner: 0, loser: 2 }], 1],
    ['an item against itself', 2, [{ winner: 1, loser: 1 }], 1],
    ['half an item', 2, [{ winner: 0.5, loser: 1 }], 1],
    ['a negative weight', 2, [{ winner: 0, loser: 1, weight: -1 }], 1],
    ['a weight that is none', 2, [{ winner: 0, loser: 1, weight: Number.NaN }], 1],
    ['a prior without width', 2, [], 0],
    ['a count that is none', -1, [], 1],
  ])('refuses %s', (_, itemCount, comparisons, deviation) => {
    expect(() => bradleyTerry(itemCount, comparisons, deviation)).toThrow(CandorError);
  });
});
