import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeliestTokens } from '../../../../src/engines/ngram/likeliestTokens.ts';

describe('likeliestTokens', () => {
  it('names the likeliest first, and equals in order of id', () => {
    expect(likeliestTokens(Float64Array.of(0.1, 0.3, 0.1, 0.4, 0.1), 4, () => true)).toEqual([3, 1, 0, 2]);
  });

  it('names only what is allowed', () => {
    expect(likeliestTokens(Float64Array.of(0.1, 0.5, 0.4), 2, (id) => id !== 1)).toEqual([2, 0]);
  });

  it('does what sorting everything does', () => {
    const probabilities = fc.array(fc.constantFrom(0.01, 0.02, 0.05, 0.2), { maxLength: 30 });
    fc.assert(
      fc.property(probabilities, fc.nat(10), fc.integer({ min: 1, max: 4 }), (distribution, count, divisor) => {
        const allowed = (id: number): boolean => id % divisor === 0;
        const sorted = [...distribution.keys()]
          .filter(allowed)
          .sort((a, b) => distribution[b]! - distribution[a]! || a - b);
        expect(likeliestTokens(Float64Array.from(distribution), count, allowed)).toEqual(sorted.slice(0, count));
      }),
    );
  });
});
