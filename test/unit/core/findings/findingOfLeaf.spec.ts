import { describe, expect, it } from 'vitest';
import { findingOfLeaf } from '../../../../src/core/findings/findingOfLeaf.ts';

/** What is found of a leaf with a chance, among rivals with chances. */
function kindOf(isSign: boolean, chance: number, ...rivals: readonly number[]): string | null {
  const found = findingOfLeaf({
    start: 3,
    end: 5,
    logprobNats: Math.log(chance),
    rivals: rivals.map((of, index) => ({ text: `r${index}`, logprobNats: Math.log(of) })),
    isSign,
  });
  return found?.kind ?? null;
}

describe('a leaf that stood out', () => {
  it.each([
    ['one that was far likelier', true, 0.01, [0.9], 'expectedOther'],
    ['and of a name too', false, 0.001, [0.81, 0.1], 'expectedOther'],
    ['one that was likely, beside what stands there', false, 0.04, [0.9], null],
    ['one that was not likely enough', false, 0.001, [0.7], null],
    ['a sign, and one at least as likely', true, 0.1, [0.3, 0.2], 'closeRival'],
    ['a sign, and one of many as likely', true, 0.1, [0.3, 0.2, 0.1, 0.06], null],
    ['a sign, and one less likely', true, 0.6, [0.3], null],
    ['a sign, and none likely', true, 0.01, [0.19], null],
    ['a name, and one at least as likely', false, 0.1, [0.3], null],
    ['nothing', true, 0.001, [], null],
  ] as const)('among %s', (_, isSign, chance, rivals, kind) => {
    expect(kindOf(isSign, chance, ...rivals)).toBe(kind);
  });

  it('is found with the numbers that this rests on', () => {
    const rivals = [
      { text: 'b', logprobNats: Math.log(0.9) },
      { text: 'c', logprobNats: Math.log(0.05) },
    ];
    const found = findingOfLeaf({ start: 3, end: 5, logprobNats: Math.log(0.02), rivals, isSign: true });
    expect(found).toMatchObject({ start: 3, end: 5, alternatives: [{ text: 'b' }] });
    expect(found?.numbers.chance).toBeCloseTo(0.02, 12);
    expect(found?.numbers.bestChance).toBeCloseTo(0.9, 12);
  });
});
