import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterKey,
  parentOf,
  rowsInSight,
  rowThatBegins,
  withSelected,
  type TreeState,
} from '../../../../src/webview/syntax/treeMoves.ts';

// 0 function
//   1 if            2 <   3 limit
//   4 return        5 total
//   6 three more
const LEVELS = [1, 2, 3, 3, 2, 3, 2];

const at = (selected: number, ...closed: readonly number[]): TreeState => ({ selected, closed: new Set(closed) });

describe('rowsInSight', () => {
  it('leaves out what is in a closed row', () => {
    expect(rowsInSight(LEVELS, new Set())).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(rowsInSight(LEVELS, new Set([1]))).toEqual([0, 1, 4, 5, 6]);
    expect(rowsInSight(LEVELS, new Set([1, 4]))).toEqual([0, 1, 4, 6]);
    expect(rowsInSight(LEVELS, new Set([0, 4]))).toEqual([0]);
  });
});

describe('parentOf', () => {
  it('is the nearest row above that is less deep', () => {
    expect(LEVELS.map((_, row) => parentOf(LEVELS, row))).toEqual([null, 0, 1, 1, 0, 4, 0]);
  });
});

describe('afterKey', () => {
  it.each([
    ['ArrowDown', at(1), at(2)],
    ['ArrowDown', at(1, 1), at(4, 1)],
    ['ArrowDown', at(6), at(6)],
    ['ArrowUp', at(4, 1), at(1, 1)],
    ['ArrowUp', at(0), at(0)],
    ['Home', at(5), at(0)],
    ['End', at(0), at(6)],
    ['End', at(0, 0), at(0, 0)],
    ['ArrowRight', at(1, 1), at(1)],
    ['ArrowRight', at(1), at(2)],
    ['ArrowRight', at(2), at(2)],
    ['ArrowLeft', at(1), at(1, 1)],
    ['ArrowLeft', at(1, 1), at(0, 1)],
    ['ArrowLeft', at(3), at(1)],
    ['ArrowLeft', at(0, 0), at(0, 0)],
    ['*', at(6, 1, 4), at(6)],
    ['*', at(0, 0, 1), at(0, 1)],
  ])('%s', (key, before, after) => {
    expect(afterKey(LEVELS, before, key)).toEqual(after);
  });

  it('knows no other keys', () => {
    expect(afterKey(LEVELS, at(1), 'a')).toBeNull();
    expect(afterKey(LEVELS, at(1), 'Tab')).toBeNull();
  });

  it('keeps the chosen row in sight, whatever is pressed', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', '*');
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), fc.array(keys), (steps, pressed) => {
        // A tree: each row is at most one deeper than the one above, and only the first is a root.
        const levels: number[] = [];
        for (const step of steps) levels.push(levels.length === 0 ? 1 : 2 + (step % (levels.at(-1) ?? 1)));
        let state = at(0);
        for (const key of pressed) {
          state = afterKey(levels, state, key) ?? state;
          expect(rowsInSight(levels, state.closed)).toContain(state.selected);
        }
      }),
    );
  });
});

describe('withSelected', () => {
  it('opens what the row lies in, and no more', () => {
    expect(withSelected(LEVELS, at(0, 0, 1, 4), 2)).toEqual(at(2, 4));
    expect(withSelected(LEVELS, at(0, 1), 1)).toEqual(at(1, 1));
  });
});

describe('rowThatBegins', () => {
  const words = ['function', 'if', 'sign <', 'identifier limit', 'return', 'identifier total', 'three more'];
  const seen = [0, 1, 2, 3, 4, 5, 6];

  it('goes on from the chosen row, and around', () => {
    expect(rowThatBegins(words, seen, 0, 'i')).toBe(1);
    expect(rowThatBegins(words, seen, 1, 'i')).toBe(3);
    expect(rowThatBegins(words, seen, 5, 'i')).toBe(1);
    expect(rowThatBegins(words, seen, 2, 'R')).toBe(4);
  });

  it('stays where more letters still fit', () => {
    expect(rowThatBegins(words, seen, 3, 'id')).toBe(3);
    expect(rowThatBegins(words, seen, 1, 'id')).toBe(3);
  });

  it('passes over what is out of sight', () => {
    expect(rowThatBegins(words, [0, 1, 4, 6], 0, 'id')).toBeNull();
  });
});
