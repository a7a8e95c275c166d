import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortSuffixes } from '../../../../src/engines/ngram/sortSuffixes.ts';

/** The plain way: suffixes of `order` tokens compared one with the other, ties by position. */
function sortPlainly(tokens: Uint16Array, order: number): { suffixes: Uint32Array; commonPrefixes: Uint8Array } {
  const shared = (one: number, other: number): number => {
    let count = 0;
    while (count < order && tokens[one + count] === tokens[other + count]) count++;
    return count;
  };
  const suffixes = Uint32Array.from({ length: tokens.length - order }, (_, position) => position);
  suffixes.sort((one, other) => {
    const count = shared(one, other);
    return count === order ? one - other : tokens[one + count]! - tokens[other + count]!;
  });
  const commonPrefixes = Uint8Array.from(suffixes, (start, rank) =>
    rank === 0 ? 0 : shared(suffixes[rank - 1]!, start),
  );
  return { suffixes, commonPrefixes };
}

/** `count` tokens below the vocabulary's size, the rarer the larger, and as many more as the order. */
function someTokens(count: number, order: number, vocabularySize: number, skew: number): Uint16Array {
  let state = 1 + skew;
  const random = (): number => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
  return Uint16Array.from({ length: count + order }, () => Math.floor(vocabularySize * random() ** skew));
}

describe('sortSuffixes', () => {
  it('sorts as plain comparing does, and ties keep their place', () => {
    const anOrder = fc.integer({ min: 1, max: 11 });
    const tokens = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 120 });
    fc.assert(
      fc.property(anOrder, tokens, (order, body) => {
        const padded = Uint16Array.from([...body, ...new Array<number>(order).fill(4)]);
        expect(sortSuffixes(padded, { order, vocabularySize: 5, endOfText: 4 })).toEqual(sortPlainly(padded, order));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['tokens up to the last of 16 bits', 20_000, 10, 2 ** 16, 3],
    ['a run of all that is longer than 65,536', 70_000, 4, 2, 1],
    ['runs that are shorter than three tokens more', 5000, 3, 2, 2],
    ['an order of one', 5000, 1, 50, 2],
  ])('sorts %s', (_, count, order, vocabularySize, skew) => {
    const tokens = someTokens(count, order, vocabularySize, skew);
    expect(sortSuffixes(tokens, { order, vocabularySize, endOfText: 0 })).toEqual(sortPlainly(tokens, order));
  });

  it('lays the result where it is told to', () => {
    const shape = { order: 2, vocabularySize: 3, endOfText: 2 };
    const { suffixes, commonPrefixes } = sortSuffixes(Uint16Array.of(1, 0, 2, 2), shape, SharedArrayBuffer);
    expect([suffixes.buffer, commonPrefixes.buffer].every((buffer) => buffer instanceof SharedArrayBuffer)).toBe(true);
    expect(Array.from(suffixes)).toEqual([1, 0]);
  });
});
