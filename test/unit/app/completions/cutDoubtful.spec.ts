import { describe, expect, it } from 'vitest';
import { cutDoubtful, LEAST_P, type JudgedCompletion } from '../../../../src/app/completions/cutDoubtful.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

const CUT = { holdBackDoubtful: false, cutDoubtful: true };
const HOLD = { holdBackDoubtful: true, cutDoubtful: false };

/** Statements of ten units each, one apart. */
function judged(chances: readonly (number | null)[], band: JudgedCompletion['band'] = 'check'): JudgedCompletion {
  return { band, statements: chances.map((p, index) => ({ start: 11 * index, end: 11 * index + 10, p })) };
}

describe('a completion', () => {
  it.each<[readonly (number | null)[], number | null]>([
    [[0.9, 0.8, 0.95], 32],
    [[0.9, 0.7, 0.9], 32],
    [[0.9, 0.69, 0.95], 10],
    [[0.9, 0.8, 0.1], 21],
    [[0.69, 0.99, 0.99], null],
    [[null, null], 32],
    [[null, 0.2], 10],
    [[], 32],
  ])('with the chances %j is cut to %s', (chances, expected) => {
    expect(cutDoubtful(judged(chances), 32, CUT)).toBe(expected);
    expect(cutDoubtful(judged(chances), 32, HOLD)).toBe(32);
  });

  it('in the band of doubt is held back', () => {
    expect(cutDoubtful(judged([0.9], 'doubt'), 10, HOLD)).toBeNull();
    expect(cutDoubtful(judged([0.9], 'doubt'), 10, CUT)).toBe(10);
    for (const band of ['trust', 'check', 'unknown'] as const) {
      expect(cutDoubtful(judged([0.9], band), 10, HOLD)).toBe(10);
    }
  });
});

describe('the cut', () => {
  it('gains most of all beginnings without a doubtful statement', () => {
    const random = randomNumbers(11);
    for (let round = 0; round < 300; round++) {
      const chances = Array.from({ length: 1 + Math.floor(random() * 6) }, () => 0.5 + random() / 2);
      const gains = chances.map((_, index) =>
        chances.slice(0, index + 1).some((p) => p < LEAST_P)
          ? -Infinity
          : chances.slice(0, index + 1).reduce((sum, p) => sum + 10 * (p - LEAST_P), 0),
      );
      const best = gains.indexOf(Math.max(0, ...gains));
      const end = cutDoubtful(judged(chances), 11 * chances.length - 1, CUT);
      expect(end).toBe(best < 0 ? null : 11 * best + 10);
    }
  });
});
