import { describe, expect, it } from 'vitest';
import { bradleyTerry, chanceToBeat } from '../../../src/core/opinions/bradleyTerry.ts';
import { readPublished } from './readPublished.ts';

interface Choix {
  readonly leagues: readonly {
    readonly itemCount: number;
    readonly deviation: number;
    readonly comparisons: readonly (readonly [winner: number, loser: number])[];
    readonly strengths: readonly number[];
    readonly slope: number;
    readonly chance: number;
  }[];
}

const { leagues } = readPublished('choix') as Choix;

describe('choix', () => {
  it('finds the same strengths, as near as its steps go', () => {
    expect(leagues.length).toBeGreaterThan(20);
    for (const { itemCount, deviation, comparisons, strengths, slope, chance } of leagues) {
      const ours = bradleyTerry(
        itemCount,
        comparisons.map(([winner, loser]) => ({ winner, loser })),
        deviation,
      );
      // The curvature is at least the prior's, so a slope lies at most so far from the minimum. Ours ends at a decrement of 1e-14.
      const reach = slope * deviation ** 2 + 1e-7 * deviation;
      expect(reach).toBeLessThan(3e-6);
      for (const [item, strength] of strengths.entries()) expect(Math.abs(ours[item]! - strength)).toBeLessThan(reach);
      expect(chanceToBeat(ours[0]!, ours[1]!)).toBeCloseTo(chance, 6);
    }
  });
});
