import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommonPrefixes, runsAround } from '../../../../src/engines/ngram/commonPrefixes.ts';

const ORDER = 5;

/** What a suffix array could share: the first nothing. Few values make long runs, over many blocks of 64. */
const someShared = fc
  .tuple(fc.integer({ min: 1, max: 12_000 }), fc.nat(), fc.constantFrom(0.3, 0.02, 0.0004))
  .map(([count, seed, rareness]) => {
    let state = (seed % 0x7ffffffe) + 1;
    const random = (): number => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
    const values = Array.from({ length: count }, () => (random() < rareness ? Math.floor(random() * ORDER) : ORDER));
    return Uint8Array.from(values.with(0, 0));
  });

function startOf(shared: Uint8Array, rank: number, depth: number): number {
  let start = rank;
  while (start > 0 && shared[start]! >= depth) start--;
  return start;
}

function endOf(shared: Uint8Array, rank: number, depth: number): number {
  let end = rank;
  while (end < shared.length && shared[end]! >= depth) end++;
  return end;
}

describe('CommonPrefixes', () => {
  it('finds what looking at every rank finds', () => {
    fc.assert(
      fc.property(someShared, fc.nat(), fc.integer({ min: 0, max: ORDER }), (shared, pick, depth) => {
        const prefixes = new CommonPrefixes(shared, ORDER);
        const rank = pick % shared.length;
        const [low, high] = [startOf(shared, rank, depth), endOf(shared, rank + 1, depth)];
        expect(prefixes.endOf(rank, depth)).toBe(endOf(shared, rank, depth));
        const types = shared.subarray(low + 1, high).reduce((sum, value) => sum + Number(value === depth), 1);
        expect(prefixes.countTypes(low, high, depth)).toBe(types);
      }),
      { numRuns: 150 },
    );
  });

  it('finds all runs around a rank at once', () => {
    const lengths = fc.tuple(fc.integer({ min: 0, max: ORDER }), fc.integer({ min: 0, max: ORDER }));
    fc.assert(
      fc.property(someShared, fc.nat(), lengths, (shared, pick, [one, other]) => {
        const rank = pick % shared.length;
        const around = runsAround(ORDER);
        new CommonPrefixes(shared, ORDER).findAround(rank, Math.min(one, other), Math.max(one, other), around);
        for (let depth = Math.min(one, other); depth <= Math.max(one, other); depth++) {
          const [low, high] = [startOf(shared, rank, depth), endOf(shared, rank + 1, depth)];
          const types = shared.subarray(low + 1, high).reduce((sum, value) => sum + Number(value === depth), 1);
          expect([around.lows[depth], around.highs[depth], around.types[depth]]).toEqual([low, high, types]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
