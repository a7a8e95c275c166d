import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { levelOfRefit } from '../../../../src/core/risk/levelSpending.ts';

describe('levelOfRefit', () => {
  it.each([
    [1, 0.05],
    [2, 0.1 / 6],
    [3, 0.1 / 12],
    [10, 0.1 / 110],
  ])('gives refit %d of a level of .1 the share %d', (refit, share) => {
    expect(levelOfRefit(0.1, refit)).toBeCloseTo(share, 15);
  });

  it('never spends more than the level: k refits spend level k / (k + 1)', () => {
    let spent = 0;
    for (let refit = 1; refit <= 1000; refit += 1) spent += levelOfRefit(0.1, refit);
    expect(spent).toBeCloseTo(0.1 * (1000 / 1001), 12);
  });

  it.each([
    [0, 1],
    [1, 1],
    [Number.NaN, 1],
    [0.1, 0],
    [0.1, 1.5],
    [0.1, Infinity],
  ])('refuses level %d at refit %d', (level, refit) => {
    expect(() => levelOfRefit(level, refit)).toThrow(CandorError);
  });
});
