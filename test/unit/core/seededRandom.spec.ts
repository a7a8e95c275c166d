import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/seededRandom.ts';

const drawn = (count: number, draw: () => number): readonly number[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a seeded generator', () => {
  it('gives the same numbers for the same seed, on every machine', () => {
    const { uniform } = seededRandom(1);
    expect(drawn(3, uniform).map((value) => Math.round(value * 2 ** 32))).toEqual([
      2_420_951_833, 2_513_034_076, 3_847_892_949,
    ]);
    expect(drawn(5, seededRandom(7).normal)).toEqual(drawn(5, seededRandom(7).normal));
  });

  it('gives uniform numbers in [0, 1): moments, equal bins, no trend', () => {
    const values = drawn(100_000, seededRandom(2).uniform);
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(mean(values)).toBeCloseTo(1 / 2, 2);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1 / 3, 2);
    const bins = new Float64Array(100);
    for (const value of values) bins[Math.floor(100 * value)]!++;
    // Chi-square with 99 degrees of freedom: above 149 in one run of a thousand.
    expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(149);
    const pairs = values.slice(1).map((value, index) => (value - 0.5) * (values[index]! - 0.5));
    expect(mean(pairs)).toBeCloseTo(0, 2);
  });

  it('gives normal numbers', () => {
    const values = drawn(100_000, seededRandom(3).normal);
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) < 1.96).length / values.length).toBeCloseTo(0.95, 2);
  });

  it('has nothing in common with its neighbours', () => {
    const firsts = drawn(2_000, () => 0).map((_, seed) => seededRandom(seed).uniform());
    expect(mean(firsts)).toBeCloseTo(0.5, 1);
    const [one, other] = [seededRandom(5), seededRandom(6)];
    expect(mean(drawn(20_000, () => (one.uniform() - 0.5) * (other.uniform() - 0.5)))).toBeCloseTo(0, 2);
  });
});
