import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesAfterEdit, linesLeftByEdit, rangesOfLines } from '../../../src/audit/changedRanges.ts';
import type { LineRange } from '../../../src/history/lineRange.ts';

const at = (...ranges: readonly (readonly [number, number])[]): readonly LineRange[] =>
  ranges.map(([firstLine, endLine]) => ({ firstLine, endLine }));

describe('rangesOfLines', () => {
  it.each([
    ['a\nb\nc\n', at([0, 1], [2, 3]), ['a\n', 'c\n']],
    ['a\nb\nc', at([1, 3]), ['b\nc']],
    ['a\r\nb\r\n', at([1, 2]), ['b\r\n']],
    // A lone carriage return ends a line in an editor, not for git.
    ['a\rb\nc\n', at([1, 2]), ['c\n']],
    ['a\nb\n', at([0, Number.MAX_SAFE_INTEGER]), ['a\nb\n']],
    ['a\nb\n', at([2, 9], [5, 6], [1, 1]), []],
    ['', at([0, 1]), []],
  ])('finds the lines of %j', (text, lines, expected) => {
    expect(rangesOfLines(text, lines).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });
});

describe('linesAfterEdit', () => {
  /** Lines with a capital letter are those that changed. */
  const capitals = (text: string): readonly LineRange[] =>
    text.split('\n').flatMap((line, index) => (/[A-Z]/.test(line) ? at([index, index + 1]) : []));
  const words = (text: string, lines: readonly LineRange[]): string =>
    rangesOfLines(text, lines)
      .map(({ start, end }) => text.slice(start, end))
      .join('')
      .replaceAll('\n', ' ')
      .trim();

  it.each([
    ['a\nB\nc\nd\n', 'a\nB\nx\ny\nd\n', 'B x y'],
    ['a\nB\nc\n', 'a\nB\nc\n', 'B'],
    ['a\nB\nc\n', 'x\na\nB\nc\n', 'x B'],
    ['a\nB\nc\n', 'a\nc\n', ''],
    ['a\nB\nC\nd\n', 'a\nB\nd\n', 'B'],
    ['a\nB\nC\nd\n', 'a\nB\nx\nC\nd\n', 'B x C'],
    ['a\nB', 'a\nB\nx', 'B x'],
    ['', 'a\nb', 'a b'],
    ['A\nb\n', '', ''],
  ])('follows %j to %j', (before, after, expected) => {
    expect(words(after, linesAfterEdit(before, after, capitals(before)))).toBe(expected);
  });

  it('keeps every changed line that is still there, and every line that is new', () => {
    const line = fc.constantFrom('a', 'b', 'C', 'D', '');
    fc.assert(
      fc.property(fc.array(line), fc.array(line), fc.array(line), fc.array(line), (head, tail, was, is) => {
        const before = [...head, ...was, ...tail].join('\n');
        const after = [...head, ...is, ...tail].join('\n');
        const lines = linesAfterEdit(before, after, capitals(before));
        const marked = new Set(
          lines.flatMap(({ firstLine, endLine }) =>
            Array.from({ length: endLine - firstLine }, (_, index) => firstLine + index),
          ),
        );
        const marks = after.split('\n').map((_, index) => marked.has(index));
        expect([...marked].every((index) => index < marks.length)).toBe(true);
        head.forEach((word, index) => {
          if (/[A-Z]/.test(word)) expect(marks[index]).toBe(true);
        });
        tail.forEach((word, index) => {
          if (/[A-Z]/.test(word)) expect(marks[head.length + is.length + index]).toBe(true);
        });
        if (before === after) expect(marks).toEqual(after.split('\n').map((word) => /[A-Z]/.test(word)));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

describe('linesLeftByEdit', () => {
  it.each([
    ['a\nB\nC\nd\n', 'a\nB\nx\ny\nd\n', [[1, 3]], [[1, 2]]],
    ['a\nB\nC\nd\n', 'x\na\nB\nC\nd\n', [[1, 3]], [[2, 4]]],
    [
      'a\nB\nc\nD\n',
      'a\nB\nx\nc\nD\n',
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [4, 5],
      ],
    ],
    ['A\n', 'x\n', [[0, 1]], []],
  ])('keeps of %j in %j what was not edited', (before, after, lines, left) => {
    const ranges = (pairs: number[][]): LineRange[] =>
      pairs.map(([firstLine = 0, endLine = 0]) => ({ firstLine, endLine }));
    expect(linesLeftByEdit(before, after, ranges(lines))).toEqual(ranges(left));
  });
});
