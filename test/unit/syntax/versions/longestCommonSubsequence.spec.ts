import { describe, expect, it } from 'vitest';
import { longestCommonSubsequence } from '../../../../src/syntax/versions/longestCommonSubsequence.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

/** Its length by the table of all prefixes. */
function lengthByTable(left: readonly string[], right: readonly string[]): number {
  let row = new Array<number>(right.length + 1).fill(0);
  for (const word of left) {
    const next = [0];
    for (const [index, other] of right.entries()) {
      next.push(word === other ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!));
    }
    row = next;
  }
  return row.at(-1)!;
}

describe('a longest common subsequence', () => {
  it.each([
    ['', '', []],
    ['abc', '', []],
    ['', 'abc', []],
    ['abc', 'abc', [[0, 0], [1, 1], [2, 2]]], // prettier-ignore
    ['abc', 'xbz', [[1, 1]]], // prettier-ignore
    ['ab', 'cd', []],
    ['abd', 'abcd', [[0, 0], [1, 1], [2, 3]]], // prettier-ignore
  ])('of "%s" and "%s"', (left, right, pairs) => {
    expect(longestCommonSubsequence(Array.from(left), Array.from(right))).toEqual(pairs);
  });

  it('is common, rises on both sides and is as long as can be', () => {
    const random = randomNumbers(1);
    for (let round = 0; round < 2_000; round++) {
      const letters = 1 + Math.floor(random() * 4);
      const text = (): string[] =>
        Array.from({ length: Math.floor(random() * 12) }, () => 'abcd'[Math.floor(random() * letters)]!);
      const [left, right] = [text(), text()];
      const pairs = longestCommonSubsequence(left, right);
      for (const [index, [one, other]] of pairs.entries()) {
        expect(left[one]).toBe(right[other]);
        if (index > 0) {
          expect(one).toBeGreaterThan(pairs[index - 1]![0]);
          expect(other).toBeGreaterThan(pairs[index - 1]![1]);
        }
      }
      expect(pairs.length, `${left.join('')} ${right.join('')}`).toBe(lengthByTable(left, right));
    }
  });

  it('matches nothing in texts that have little in common', () => {
    const left = Array.from({ length: 2_000 }, (_, index) => (index === 700 ? 'same' : `l${index}`));
    const right = Array.from({ length: 2_000 }, (_, index) => (index === 700 ? 'same' : `r${index}`));
    expect(longestCommonSubsequence(left, right)).toEqual([]);
  });
});
