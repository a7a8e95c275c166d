import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { poolAdjacentViolators } from '../../../../src/core/metrics/poolAdjacentViolators.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

const pool = (values: number[], weights?: number[]): number[] => [
  ...poolAdjacentViolators(Float64Array.from(values), weights && Float64Array.from(weights)),
];

describe('poolAdjacentViolators', () => {
  it.each([
    ['nothing', [], []],
    ['one value', [3], [3]],
    ['a rise', [1, 2, 2, 5], [1, 2, 2, 5]],
    ['a fall', [3, 2, 1], [2, 2, 2]],
    ['one step down', [1, 3, 2, 4], [1, 2.5, 2.5, 4]],
    ['a chain: the last value pulls both others', [4, 5, 0], [3, 3, 3]],
    ['labels', [0, 1, 0, 1, 1, 0, 1], [0, 0.5, 0.5, 2 / 3, 2 / 3, 2 / 3, 1]],
    ['below zero', [-1, -3, 0], [-2, -2, 0]],
  ])('fits %s', (_, values, fit) => {
    expect(pool(values)).toEqual(fit);
  });

  it.each([
    ['weighs the pooled', [3, 1], [1, 3], [1.5, 1.5]],
    ['stops at the first block that fits', [0, 3, 1, 2], [1, 1, 3, 1], [0, 1.5, 1.5, 2]],
    ['gives a value without weight the fit before it', [1, 9, 2], [1, 0, 1], [1, 1, 2]],
    ['or after it, at the start', [9, -9, 2, 1], [0, 0, 1, 1], [1.5, 1.5, 1.5, 1.5]],
    ['hears nothing from it', [1, 0, 2], [1, 0, 1], [1, 1, 2]],
  ])('%s', (_, values, weights, fit) => {
    expect(pool(values, weights)).toEqual(fit);
  });

  it('is the max-min of the means of all runs, for any values and weights', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 200; round += 1) {
      const count = 1 + Math.floor(random() * 12);
      const values = Array.from({ length: count }, () => Math.round(random() * 8) - 4);
      const weights = Array.from({ length: count }, () => 0.25 + random());
      const mean = (from: number, to: number): number => {
        let [sum, mass] = [0, 0];
        for (let index = from; index <= to; index += 1) {
          sum += values[index]! * weights[index]!;
          mass += weights[index]!;
        }
        return sum / mass;
      };
      const expected = values.map((_, index) => {
        const after = values.map((__, to) => to).slice(index);
        const before = values.map((__, from) => from).slice(0, index + 1);
        return Math.max(...before.map((from) => Math.min(...after.map((to) => mean(from, to)))));
      });
      pool(values, weights).forEach((value, index) => {
        expect(value).toBeCloseTo(expected[index]!, 10);
      });
    }
  });

  it('rises, keeps the weighted sum, and leaves its own result as it is', () => {
    const random = randomNumbers(2);
    const values = Float64Array.from({ length: 5000 }, (_, index) => index / 5000 + 3 * random());
    const weights = Float64Array.from({ length: 5000 }, () => Math.floor(3 * random()));
    const fit = poolAdjacentViolators(values, weights);
    expect(fit.every((value, index) => index === 0 || value >= fit[index - 1]!)).toBe(true);
    const weighted = (column: Float64Array): number =>
      column.reduce((sum, value, index) => sum + value * weights[index]!, 0);
    expect(weighted(fit)).toBeCloseTo(weighted(values), 6);
    expect([...poolAdjacentViolators(fit)]).toEqual([...fit]);
  });

  it('treats whole weights as repeats', () => {
    expect(pool([2, 1, 3, 0], [2, 1, 1, 3])).toEqual([0, 2, 3, 4].map((first) => pool([2, 2, 1, 3, 0, 0, 0])[first]));
  });

  it.each([
    ['a value that is no number', [Number.NaN], undefined],
    ['an infinite value', [Infinity], undefined],
    ['weights of another length', [1, 2], [1]],
    ['a negative weight', [1, 2], [1, -1]],
    ['no weight at all', [1, 2], [0, 0]],
  ])('refuses %s', (_, values, weights) => {
    expect(() => pool(values, weights)).toThrow(CandorError);
  });
});
