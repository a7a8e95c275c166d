import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import {
  continuationCount,
  type ContinuationSettings,
  DEFAULT_CONTINUATION_SETTINGS,
} from '../../../../src/core/opinions/continuationCount.ts';

describe('continuationCount', () => {
  // 1 + 39 (H - 1) / 2, rounded down.
  it.each([
    [0, 1],
    [1, 1],
    [1.04, 1], // 1.78
    [1.1, 2], // 2.95
    [1.5, 10], // 10.75
    [2, 20], // 20.5
    [2.999, 39],
    [3, 40],
    [11, 40],
    [Infinity, 40],
  ])('of an entropy of %d is %d', (entropyNats, count) => {
    expect(continuationCount(entropyNats)).toBe(count);
  });

  it('takes other thresholds and counts', () => {
    // 2 + 8 (H - .5) / 3
    const settings: ContinuationSettings = { fewest: 2, most: 10, lowEntropyNats: 0.5, highEntropyNats: 3.5 };
    expect([0.5, 1.25, 2, 3.5].map((entropyNats) => continuationCount(entropyNats, settings))).toEqual([2, 4, 6, 10]);
    expect(continuationCount(2, { ...settings, most: 2 })).toBe(2);
  });

  it('never falls as the entropy rises', () => {
    let before = 0;
    for (let step = 0; step <= 500; step++) {
      const count = continuationCount(step / 100);
      expect(count).toBeGreaterThanOrEqual(before);
      before = count;
    }
  });

  it.each([
    ['an entropy below 0', -1, {}],
    ['an entropy that is none', Number.NaN, {}],
    ['counts that fall', 1, { fewest: 50 }],
    ['half a count', 1, { most: 2.5 }],
    ['thresholds that are one', 1, { lowEntropyNats: 3 }],
    ['a threshold without end', 1, { highEntropyNats: Infinity }],
  ])('refuses %s', (_, entropyNats, changed) => {
    expect(() => continuationCount(entropyNats, { ...DEFAULT_CONTINUATION_SETTINGS, ...changed })).toThrow(CandorError);
  });
});
