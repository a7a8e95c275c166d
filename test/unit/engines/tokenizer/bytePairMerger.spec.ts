import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytePairMerger, pairKey, type Merges } from '../../../../src/engines/tokenizer/bytePairMerger.ts';

/** Merges of these pairs, in this order, that make tokens of rising ids. */
function mergesOf(pairs: readonly (readonly [number, number])[], firstMergeId: number): Merges {
  return {
    ranks: new Map(pairs.map(([left, right], rank) => [pairKey(left, right), rank])),
    made: pairs.map((_, rank) => firstMergeId + rank),
  };
}

/** The definition, word for word: find the lowest rank, leftmost; replace; again. */
function mergedByDefinition(ids: readonly number[], { ranks, made }: Merges): number[] {
  const tokens = [...ids];
  for (;;) {
    let best = Infinity;
    let at = -1;
    for (let index = 0; index + 1 < tokens.length; index++) {
      const rank = ranks.get(pairKey(tokens[index]!, tokens[index + 1]!)) ?? Infinity;
      if (rank < best) {
        best = rank;
        at = index;
      }
    }
    if (at < 0) return tokens;
    tokens.splice(at, 2, made[best]!);
  }
}

describe('bytePairMerger', () => {
  const a = 0;
  const b = 1;
  const c = 2;
  const merge = bytePairMerger(
    mergesOf(
      [
        [a, b],
        [a, a],
        [10, c],
        [11, 11],
      ],
      10,
    ),
  );

  it.each<[number[], number[]]>([
    [[], []],
    [[a], [a]],
    [[a, b], [10]],
    [
      [a, a, b],
      [a, 10],
    ],
    [[a, b, c], [12]],
    [
      [c, a, b, c, a],
      [c, 12, a],
    ],
    [
      [a, a, a],
      [11, a],
    ],
    [[a, a, a, a], [13]],
    [
      [a, a, a, a, a],
      [13, a],
    ],
  ])('merges %j', (ids, expected) => {
    expect([...merge(Uint16Array.from(ids))]).toEqual(expected);
  });

  it('gives what the definition gives', () => {
    const id = fc.integer({ min: 0, max: 14 });
    const pairs = fc.uniqueArray(fc.tuple(id, id), { maxLength: 12, selector: (pair) => pairKey(...pair) });
    fc.assert(
      fc.property(pairs, fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 40 }), (chosen, ids) => {
        const merges = mergesOf(chosen, 5);
        const expected = mergedByDefinition(ids, merges);
        expect([...bytePairMerger(merges)(Uint16Array.from(ids))]).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes a piece of a million bytes', () => {
    expect(merge(new Uint16Array(1_000_000)).length).toBe(250_000);
  });
});
