import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityBelow, sumOfTallies, tokenTally } from '../../../../src/core/sums/categoryTallies.ts';

const logprobs = fc.array(fc.double({ min: -60, max: 0, noNaN: true }), { maxLength: 40 });

describe('tokenTally', () => {
  it('adds up chances, and counts them by twentieths', () => {
    const tally = tokenTally([0.025, 0.04, 0.5, 1].map(Math.log));
    expect(tally.count).toBe(4);
    expect(tally.probability).toBeCloseTo(1.565, 12);
    expect(tally.logprobNats).toBeCloseTo(Math.log(0.025 * 0.04 * 0.5), 12);
    expect(tally.twentieths).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('is the same however the tokens were parted', () => {
    fc.assert(
      fc.property(logprobs, logprobs, (one, other) => {
        const whole = tokenTally([...one, ...other]);
        const parts = sumOfTallies([tokenTally(one), tokenTally(other)]);
        expect({ ...parts, probability: 0, logprobNats: 0 }).toEqual({ ...whole, probability: 0, logprobNats: 0 });
        expect(parts.probability).toBeCloseTo(whole.probability, 9);
        expect(parts.logprobNats).toBeCloseTo(whole.logprobNats, 9);
      }),
    );
  });
});

describe('probabilityBelow', () => {
  it('finds quartiles to a twentieth', () => {
    const tally = tokenTally([0.01, 0.31, 0.32, 0.99].map(Math.log));
    expect(probabilityBelow(tally, 0.25)).toBeCloseTo(0.05, 12);
    expect(probabilityBelow(tally, 0.5)).toBeCloseTo(0.325, 12);
    expect(probabilityBelow(tally, 1)).toBe(1);
    expect(probabilityBelow(tokenTally([]), 0.5)).toBeNull();
  });

  it('rises with the share, and is within a twentieth of the true one', () => {
    fc.assert(
      fc.property(
        logprobs.filter(({ length }) => length > 0),
        (all) => {
          const tally = tokenTally(all);
          const sorted = all.map(Math.exp).sort((a, b) => a - b);
          let before = 0;
          for (const share of [0.1, 0.25, 0.5, 0.75, 0.9]) {
            const found = probabilityBelow(tally, share)!;
            expect(found).toBeGreaterThanOrEqual(before);
            const true_ = sorted[Math.ceil(share * all.length - 1e-9) - 1]!;
            expect(Math.abs(found - true_)).toBeLessThanOrEqual(0.05 + 1e-9);
            before = found;
          }
        },
      ),
    );
  });
});
