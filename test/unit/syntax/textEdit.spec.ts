import { describe, expect, it } from 'vitest';
import { editOf } from '../../../src/syntax/textEdit.ts';

describe('editOf', () => {
  it.each([
    // Within a line: columns go on from where the edit starts, in UTF-16 units.
    ['a 😀 = b;', 7, 8, 'cd', { row: 0, column: 7 }, { row: 0, column: 8 }, { row: 0, column: 9 }],
    // Over line ends, in what goes and in what comes.
    ['a\nbc\nd', 3, 5, 'x\ny\r\nzz', { row: 1, column: 1 }, { row: 2, column: 0 }, { row: 3, column: 2 }],
    ['a\n', 2, 2, '', { row: 1, column: 0 }, { row: 1, column: 0 }, { row: 1, column: 0 }],
  ])('of %j, %i to %i by %j', (text, start, end, replacement, startPosition, oldEndPosition, newEndPosition) => {
    expect(editOf(text, start, end, replacement)).toEqual({
      startIndex: start,
      oldEndIndex: end,
      newEndIndex: start + replacement.length,
      startPosition,
      oldEndPosition,
      newEndPosition,
    });
  });
});
