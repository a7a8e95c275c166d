import { describe, expect, it } from 'vitest';
import { whereSamplesPart } from '../../../../src/core/opinions/whereSamplesPart.ts';

const leaves = (text: string): readonly string[] => text.split(' ').filter((leaf) => leaf !== '');
const part = (original: string, ...samples: readonly string[]): unknown =>
  whereSamplesPart(leaves(original), samples.map(leaves));

describe('whereSamplesPart', () => {
  it('finds the leaf at which most of those leave that come so far', () => {
    expect(part('if ( a <= b )', 'if ( a < b )', 'if ( a < c )', 'for ( a )')).toEqual({
      leaf: 3,
      reaching: 2,
      leaving: 2,
    });
  });

  it('finds nothing where all are the same, or there is none', () => {
    expect(part('a = b', 'a = b', 'a = b')).toBeNull();
    expect(part('a = b')).toBeNull();
  });

  it('finds what goes on behind the end, and what ends before it', () => {
    expect(part('a = b', 'a = b + c')).toEqual({ leaf: 3, reaching: 1, leaving: 1 });
    expect(part('a = b', 'a =', 'a =', 'a = b')).toEqual({ leaf: 2, reaching: 3, leaving: 2 });
    expect(part('a = b', '')).toEqual({ leaf: 0, reaching: 1, leaving: 1 });
  });

  it('takes the earliest of two that are equal', () => {
    expect(part('a b c', 'x', 'a y')).toEqual({ leaf: 0, reaching: 2, leaving: 1 });
  });
});
