import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editSimilarity } from '../../../../src/syntax/sameCode/editSimilarity.ts';

describe('editSimilarity', () => {
  it.each([
    ['', '', 1],
    ['a', '', 0],
    ['a b c', 'a b c', 1],
    ['a b c', 'a x c', 2 / 3],
    ['a b c', 'b c', 2 / 3],
    ['a b c d', 'b c d e', 2 / 4],
    ['a b', 'c d', 0],
    ['a b a b', 'b a b a', 2 / 4],
  ])('of "%s" and "%s" is %s', (one, other, similarity) => {
    const items = (text: string): string[] => text.split(' ').filter((item) => item !== '');
    expect(editSimilarity(items(one), items(other))).toBeCloseTo(similarity, 14);
  });

  it('is the same both ways, in [0, 1], and 1 for equal sequences alone', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(items, items, (one, other) => {
        const similarity = editSimilarity(one, other);
        expect(similarity).toBe(editSimilarity(other, one));
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity === 1).toBe(one.join() === other.join());
      }),
    );
  });
});
