import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawToken } from '../../../../src/engines/llama/drawToken.ts';
import type { TokenLogprob } from '../../../../src/engines/llama/tokenEvaluator.ts';

/** Tokens with these probabilities, numbered as they stand. */
function listOf(...probabilities: readonly number[]): readonly TokenLogprob[] {
  return probabilities.map((probability, token) => ({ token, logprobNats: Math.log(probability) }));
}

function drawn(listed: readonly TokenLogprob[], temperature: number, share: number, unlistedCount = 0): number | null {
  return drawToken(listed, { temperature, share, unlistedCount })?.token ?? null;
}

const LAST_SHARE = 1 - 2 ** -32;

describe('a draw from a whole distribution', () => {
  // Weights at temperature 1: .5 .3 .2. At 1/2 their squares, .25 .09 .04 of .38: .6579 .2368 .1053. At 2 their roots.
  it.each([
    [1, 0, 0],
    [1, 0.499, 0],
    [1, 0.501, 1],
    [1, 0.799, 1],
    [1, 0.801, 2],
    [1, LAST_SHARE, 2],
    [0.5, 0.657, 0],
    [0.5, 0.659, 1],
    [0.5, 0.894, 1],
    [0.5, 0.896, 2],
    [2, 0.415, 0],
    [2, 0.416, 1],
    [1e-6, LAST_SHARE, 0],
  ])('at temperature %d and share %d is token %d', (temperature, share, token) => {
    expect(drawn(listOf(0.5, 0.3, 0.2), temperature, share)).toBe(token);
  });

  it('keeps the number that the token had, whatever the temperature', () => {
    expect(drawToken(listOf(0.7, 0.3), { temperature: 0.1, share: 0, unlistedCount: 0 })?.logprobNats).toBe(
      Math.log(0.7),
    );
  });

  it('takes what is listed for all there is, and finds nothing in nothing', () => {
    expect(drawn(listOf(0.02, 0.01), 1, 0.66)).toBe(0);
    expect(drawn(listOf(0.02, 0.01), 1, 0.67)).toBe(1);
    expect(drawn([], 1, 0.5)).toBeNull();
  });
});

describe('a draw of which a part of the distribution is listed', () => {
  it('is told at temperature 1 wherever it falls on what is listed', () => {
    const listed = listOf(0.5, 0.3);
    expect([0, 0.49, 0.51, 0.79, 0.81].map((share) => drawn(listed, 1, share, 10))).toEqual([0, 0, 1, 1, null]);
  });

  it('is the one that the whole gives, or left open', () => {
    const weights = fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 });
    const shares = fc.double({ min: 0, max: LAST_SHARE, noNaN: true });
    const temperatures = fc.double({ min: 0.05, max: 1, noNaN: true });
    let told = 0;
    fc.assert(
      fc.property(weights, temperatures, shares, fc.nat(39), (given, temperature, share, cut) => {
        const total = given.reduce((sum, weight) => sum + weight, 0);
        const whole = listOf(...given.map((weight) => weight / total).sort((a, b) => b - a));
        const count = 1 + (cut % (whole.length - 1));
        const ofPart = drawn(whole.slice(0, count), temperature, share, whole.length - count);
        if (ofPart === null) return;
        told += 1;
        // The sums are rounded, so that on the border between two tokens either may come.
        const near = [share - 1e-9, share, share + 1e-9].map((at) =>
          drawn(whole, temperature, Math.min(at, LAST_SHARE)),
        );
        expect(near).toContain(ofPart);
      }),
      { numRuns: 2000 },
    );
    expect(told).toBeGreaterThan(500);
  });
});
