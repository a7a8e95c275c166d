import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import {
  type AcceptanceRule,
  acceptanceThreshold,
  plainRule,
  scopeRule,
} from '../../../../src/lab/classics/acceptanceThreshold.ts';
import { splitConformalAcceptance, splitConformalLevel } from '../../../../src/lab/classics/splitConformal.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

/** From the best score down: good good bad good good bad. */
const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5, 0.4);
const labels = Uint8Array.of(1, 1, 0, 1, 1, 0);

describe('acceptanceThreshold', () => {
  it.each<[string, AcceptanceRule, number | null]>([
    // Errors of the accepted: 0/1 0/2 1/3 1/4 1/5 2/6.
    ['plain at 0.1: the two best', plainRule(0.1), 0.8],
    ['plain at 0.2: over a stretch that it forbids', plainRule(0.2), 0.5],
    ['plain at 0.34: all', plainRule(0.34), 0.4],
    ['SCOPE at 0.2: never, with 1 error more', scopeRule(0.2), null],
    ['SCOPE at 0.4: 1 + 1 of 5', scopeRule(0.4), 0.5],
    ['SCOPE at 0.5: 2 + 1 of 6', scopeRule(0.5), 0.4],
  ])('%s', (_, rule, threshold) => {
    expect(acceptanceThreshold(scores, labels, rule)).toBe(threshold);
  });

  it('takes equal scores together', () => {
    const tied = Float64Array.of(0.9, 0.5, 0.5, 0.5);
    expect(acceptanceThreshold(tied, Uint8Array.of(1, 1, 1, 0), plainRule(0.2))).toBe(0.9);
    expect(acceptanceThreshold(tied, Uint8Array.of(1, 1, 1, 0), plainRule(0.25))).toBe(0.5);
  });

  it('needs 1 / alpha items without an error to accept any by SCOPE', () => {
    const all = (count: number): number | null =>
      acceptanceThreshold(new Float64Array(count).fill(0.5), new Uint8Array(count).fill(1), scopeRule(0.1));
    expect(all(9)).toBeNull();
    expect(all(10)).toBe(0.5);
  });

  it('refuses what is no data', () => {
    expect(() => acceptanceThreshold(scores, labels.subarray(1), plainRule(0.1))).toThrow(CandorError);
  });
});

describe('splitConformalLevel', () => {
  it.each([
    // k = ceil((n + 1)(1 - alpha)) of 1 .. n
    [9, 0.1, 9],
    [9, 0.2, 8],
    [9, 0.25, 8],
    [9, 0.7, 3],
    [19, 0.1, 18],
    [8, 0.1, Infinity],
    [99, 0.01, 99],
  ])('of %i numbers at %f is %f', (count, missRate, level) => {
    const numbers = Float64Array.from({ length: count }, (_, index) => count - index);
    expect(splitConformalLevel(numbers, missRate)).toBe(level);
  });

  it('misses at most alpha of what comes, and not much less', () => {
    const random = randomNumbers(21);
    const [runs, count, missRate] = [4000, 24, 0.2];
    let missed = 0;
    for (let run = 0; run < runs; run += 1) {
      // (24 + 1)(1 - .2) is whole: the chance is exactly .2.
      if (
        random() ** 2 >
        splitConformalLevel(
          Float64Array.from({ length: count }, () => random() ** 2),
          missRate,
        )
      ) {
        missed += 1;
      }
    }
    expect(Math.abs(missed / runs - missRate)).toBeLessThan(3.5 * Math.sqrt((missRate * (1 - missRate)) / runs));
  });

  it.each([
    ['no numbers', [], 0.1],
    ['NaN', [Number.NaN], 0.1],
    ['an alpha of 0', [1], 0],
    ['an alpha of 1', [1], 1],
    ['an alpha of NaN', [1], Number.NaN],
  ])('refuses %s', (_, numbers, missRate) => {
    expect(() => splitConformalLevel(Float64Array.from(numbers), missRate)).toThrow(CandorError);
  });
});

describe('splitConformalAcceptance', () => {
  it('looks at the bad alone', () => {
    // Two bad, k = ceil(3 * .6) = 2: the larger of .4 and .7 must be exceeded.
    expect(splitConformalAcceptance(scores, labels, 0.4)).toBe(0.7);
    expect(splitConformalAcceptance(scores, labels, 0.7)).toBe(0.4);
    expect(splitConformalAcceptance(scores, labels, 0.1)).toBe(Infinity);
    expect(splitConformalAcceptance(Float64Array.of(0.9), Uint8Array.of(1), 0.1)).toBe(Infinity);
  });
});
