import { describe, expect, it } from 'vitest';
import { countBy } from '../../../src/report/countBy.ts';

describe('countBy', () => {
  it('counts items by their key, and leaves out those without one', () => {
    expect(countBy(['one', 'two', 'three', ''], (word) => (word === '' ? null : String(word.length)))).toEqual({
      3: 2,
      5: 1,
    });
    expect(countBy([], String)).toEqual({});
  });
});
