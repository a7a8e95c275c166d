import { describe, expect, it } from 'vitest';
import { carryClosedStretches, carryStretches } from '../../../../src/capture/following/carryStretches.ts';

/** `ab[cdef]gh` has a part in brackets; an edit is a range of the text without them, and what takes its place. */
function after(carry: typeof carryStretches, marked: string, start: number, end: number, text: string): string {
  const part = { start: marked.indexOf('['), end: marked.indexOf(']') - 1 };
  const plain = marked.replace(/[[\]]/g, '');
  const edited = plain.slice(0, start) + text + plain.slice(end);
  const [carried = { start: 0, end: 0 }] = carry([part], [{ start, end, text }]);
  return `${edited.slice(0, carried.start)}[${edited.slice(carried.start, carried.end)}]${edited.slice(carried.end)}`;
}

describe('carryStretches', () => {
  it.each([
    ['typed before', 0, 0, 'X', 'Xab[cdef]gh'],
    ['typed at the start', 2, 2, 'X', 'ab[Xcdef]gh'],
    ['typed inside', 4, 4, 'X', 'ab[cdXef]gh'],
    ['typed at the end', 6, 6, 'X', 'ab[cdefX]gh'],
    ['typed behind', 7, 7, 'X', 'ab[cdef]gXh'],
    ['deleted before', 0, 2, '', '[cdef]gh'],
    ['deleted inside', 3, 5, '', 'ab[cf]gh'],
    ['deleted as a whole', 2, 6, '', 'ab[]gh'],
    ['replaced across the start', 1, 4, 'X', 'aX[ef]gh'],
    ['replaced across the end', 4, 7, 'X', 'ab[cdX]h'],
  ])('%s', (_, start, end, text, expected) => {
    expect(after(carryStretches, 'ab[cdef]gh', start, end, text)).toBe(expected);
  });
});

describe('carryClosedStretches', () => {
  it.each([
    ['typed before', 0, 0, 'X', 'Xab[cdef]gh'],
    ['typed at the start', 2, 2, 'X', 'abX[cdef]gh'],
    ['typed inside', 4, 4, 'X', 'ab[cdXef]gh'],
    ['typed at the end', 6, 6, 'X', 'ab[cdef]Xgh'],
    ['deleted inside up to the end', 4, 6, '', 'ab[cd]gh'],
    ['deleted as a whole', 2, 6, '', 'ab[]gh'],
    ['deleted and more', 1, 7, '', 'a[]h'],
    ['replaced as a whole', 2, 6, 'XY', 'ab[]XYgh'],
    ['replaced up to the end', 4, 6, 'XY', 'ab[cd]XYgh'],
    ['replaced across the start', 1, 4, 'X', 'aX[ef]gh'],
    ['replaced across the end', 4, 7, 'X', 'ab[cd]Xh'],
  ])('%s', (_, start, end, text, expected) => {
    expect(after(carryClosedStretches, 'ab[cdef]gh', start, end, text)).toBe(expected);
  });
});
