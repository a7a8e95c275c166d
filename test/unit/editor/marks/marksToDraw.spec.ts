import { describe, expect, it } from 'vitest';
import type { Level, Mark } from '../../../../src/editor/marks/mark.ts';
import { marksToDraw } from '../../../../src/editor/marks/marksToDraw.ts';

const mark = (start: number, level: Level): Mark => ({ start, end: start + 1, level }) as Mark;

describe('marksToDraw', () => {
  const marks = [mark(0, 'later'), mark(10, 'first'), mark(20, 'later'), mark(30, 'next'), mark(40, 'later')];

  it('draws all where the editor bears them', () => {
    expect(marksToDraw(marks, [], 5)).toBe(marks);
  });

  it('draws those in view first, then those to read first', () => {
    expect(marksToDraw(marks, [{ start: 15, end: 25 }], 3).map(({ start }) => start)).toEqual([20, 10, 30]);
  });
});
