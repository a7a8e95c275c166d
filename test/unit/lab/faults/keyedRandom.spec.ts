import { expect, test } from 'vitest';
import { keyedRandom } from '../../../../src/lab/faults/keyedRandom.ts';

const numbers = (count: number, ...key: (string | number)[]): readonly number[] =>
  Array.from({ length: count }, keyedRandom(...key));

test('the same key gives the same numbers, another key others', () => {
  expect(numbers(5, 1, 'a.ts', 0)).toEqual(numbers(5, 1, 'a.ts', 0));
  const firsts = [
    numbers(1, 1, 'a.ts', 0),
    numbers(1, 2, 'a.ts', 0),
    numbers(1, 1, 'b.ts', 0),
    numbers(1, 1, 'a.ts', 1),
  ];
  expect(new Set(firsts.flat()).size).toBe(4);
  // Where a part of the key ends is a part of the key.
  expect(numbers(1, 'ab', 'c')).not.toEqual(numbers(1, 'a', 'bc'));
});

test('numbers are uniform from 0 to below 1', () => {
  const [count, cells] = [8_000, 16];
  const counts = new Array<number>(cells).fill(0);
  for (const number of numbers(count, 'uniform')) {
    expect(number >= 0 && number < 1).toBe(true);
    counts[Math.floor(number * cells)]!++;
  }
  const expected = count / cells;
  const chiSquare = counts.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
  // The 99.9 % point for 15 degrees of freedom.
  expect(chiSquare).toBeLessThan(37.7);
});
