import { describe, expect, it } from 'vitest';
import { findingOfLeaf } from '../../../../src/core/findings/findingOfLeaf.ts';

/** What is found of a leaf with a chance, among rivals with chances. */
function kindOf(chance: number, ...rivals: readonly number[]): string | null {
  const found = findingOfLeaf({
    start: 3,
    end: 5,
    logprobNats: Math.log(chance),
    rivals: rivals.map((of, index) => ({ text: `r${index}`, logprobNats: Math.log(of) })),
  });
  return found?.kind ?? null;
}

describe('a leaf that stood out', () => {
  it.each([
    ['one that was far likelier', 0.01, [0.9], 'expectedOther'],
    ['one at the limits', 0.03, [0.8001, 0.1], 'expectedOther'],
    ['one that was likely, beside what stands there', 0.04, [0.9], null],
    ['one that was not likely enough', 0.001, [0.7], null],
    ['several that are as likely', 0.1, [0.3, 0.2], null],
    ['nothing', 0.001, [], null],
  ] as const)('among %s', (_, chance, rivals, kind) => {
    expect(kindOf(chance, ...rivals)).toBe(kind);
  });

  it('is found with the numbers that this rests on', () => {
    const rivals = [
      { text: 'b', logprobNats: Math.log(0.9) },
      { text: 'c', logprobNats: Math.log(0.05) },
    ];
    const found = findingOfLeaf({ start: 3, end: 5, logprobNats: Math.log(0.02), rivals });
    expect(found).toMatchObject({ start: 3, end: 5, alternatives: [{ text: 'b' }] });
    expect(found?.numbers.chance).toBeCloseTo(0.02, 12);
    expect(found?.numbers.bestChance).toBeCloseTo(0.9, 12);
  });
});
