import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextChange } from '../../../../src/capture/following/carryStretches.ts';
import { carryMarks } from '../../../../src/editor/marks/carryMarks.ts';

/** `a = [b <= c];` marks what stands in brackets; an edit is written as what it replaces and by what. */
function after(marked: string, replaced: string, by: string): string {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  const text = marked.replace('[', '').replace(']', '');
  const at = text.indexOf(replaced);
  const carried = carryMarks([{ start, end }], [{ start: at, end: at + replaced.length, text: by }]);
  const edited = text.slice(0, at) + by + text.slice(at + replaced.length);
  const [mark] = carried;
  if (mark === undefined) return edited;
  return `${edited.slice(0, mark.start)}[${edited.slice(mark.start, mark.end)}]${edited.slice(mark.end)}`;
}

describe('carryMarks', () => {
  it.each([
    ['an edit before moves the mark', 'x\na = [b <= c];', 'x', 'longer', 'longer\na = [b <= c];'],
    ['an edit behind leaves it', 'a = [b <= c];\nx', '\nx', '', 'a = [b <= c];'],
    ['a deleted line above moves it up', 'x\na = [b <= c];', 'x\n', '', 'a = [b <= c];'],
    ['white space before it moves it', 'a =[b];', '=', '=  ', 'a =  [b];'],
    ['white space behind it leaves it', 'a = [b];', ';', ' ;', 'a = [b] ;'],
    ['an edit inside takes it away', 'a = [b <= c];', '<=', '<', 'a = b < c;'],
    ['white space inside takes it away', 'a = [b <= c];', '<= ', '<=  ', 'a = b <=  c;'],
    ['a letter at its end takes it away', 'a = [b];', 'b', 'bb', 'a = bb;'],
    ['a replacement across its end takes it away', 'a = [b]; c', 'b; c', 'd', 'a = d'],
    ['a replacement of all takes it away', 'a = [b];', 'a = b;', '', ''],
  ])('%s', (_, marked, replaced, by, expected) => {
    expect(after(marked, replaced, by)).toBe(expected);
  });

  it('takes away what a sign typed right behind could have made another token', () => {
    expect(carryMarks([{ start: 2, end: 3 }], [{ start: 3, end: 3, text: '=' }])).toEqual([]);
    expect(carryMarks([{ start: 2, end: 3 }], [{ start: 2, end: 2, text: '!' }])).toEqual([]);
  });

  it('adds up the changes of one event, which all speak of the text before it', () => {
    const changes = [
      { start: 10, end: 12, text: '' },
      { start: 0, end: 0, text: 'ab ' },
    ];
    expect(carryMarks([{ start: 20, end: 25 }], changes)).toEqual([{ start: 21, end: 26 }]);
  });

  it('gives the same array back where nothing moved', () => {
    const marks = [{ start: 1, end: 2 }];
    expect(carryMarks(marks, [{ start: 5, end: 6, text: 'long' }])).toBe(marks);
  });

  it('keeps the text of every mark that it keeps', () => {
    const edit = fc.record({ at: fc.nat(60), length: fc.nat(8), text: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(
        fc.string({ minLength: 61, maxLength: 61 }),
        fc.nat(50),
        fc.integer({ min: 1, max: 9 }),
        edit,
        (text, start, width, { at, length, text: by }) => {
          const mark = { start, end: start + width };
          const change: TextChange = { start: at, end: Math.min(61, at + length), text: by };
          const edited = text.slice(0, change.start) + by + text.slice(change.end);
          for (const { start: from, end: to } of carryMarks([mark], [change])) {
            expect(edited.slice(from, to)).toBe(text.slice(mark.start, mark.end));
          }
        },
      ),
    );
  });
});
