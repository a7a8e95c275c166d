import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineIndexOf, lineText, offsetAt, positionAt } from '../../../src/core/lineIndex.ts';

const anyText = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\r\n', '漢', '😀') });

describe('lineIndexOf', () => {
  it.each([
    ['', [0]],
    ['a', [0]],
    ['a\n', [0, 2]],
    ['a\r\nb\rc\nd', [0, 3, 5, 7]],
    ['\r\r\n\n', [0, 1, 3, 4]],
  ])('finds the lines of %j', (text, starts) => {
    expect([...lineIndexOf(text).lineStarts]).toEqual(starts);
  });
});

describe('positionAt and offsetAt', () => {
  it('count UTF-16 units from 0', () => {
    const index = lineIndexOf('a\r\n😀b\rc');
    expect(positionAt(index, 5)).toEqual({ line: 1, character: 2 });
    expect(offsetAt(index, { line: 1, character: 2 })).toBe(5);
    expect(positionAt(index, 8)).toEqual({ line: 2, character: 1 });
  });

  it('take an offset inside a line ending to the end of the content', () => {
    const index = lineIndexOf('ab\r\nc');
    expect(positionAt(index, 2)).toEqual({ line: 0, character: 2 });
    expect(positionAt(index, 3)).toEqual({ line: 0, character: 2 });
    expect(positionAt(index, 4)).toEqual({ line: 1, character: 0 });
  });

  it('stay within the text', () => {
    const index = lineIndexOf('ab\ncd\n');
    expect(positionAt(index, -5)).toEqual({ line: 0, character: 0 });
    expect(positionAt(index, Number.NaN)).toEqual({ line: 0, character: 0 });
    expect(positionAt(index, 99)).toEqual({ line: 2, character: 0 });
    expect(offsetAt(index, { line: -1, character: 4 })).toBe(0);
    expect(offsetAt(index, { line: 0, character: 99 })).toBe(2);
    expect(offsetAt(index, { line: 1, character: -1 })).toBe(3);
    expect(offsetAt(index, { line: 9, character: 0 })).toBe(6);
  });

  it('agree with counting', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const index = lineIndexOf(text);
        const lines = text.split(/\r\n|\r|\n/);
        expect(index.lineStarts.length).toBe(lines.length);
        expect(lineText(index, lines.length)).toBe('');
        let start = 0;
        for (const [line, content] of lines.entries()) {
          expect(index.lineStarts[line]).toBe(start);
          expect(lineText(index, line)).toBe(content);
          for (let character = 0; character <= content.length; character++) {
            expect(positionAt(index, start + character)).toEqual({ line, character });
            expect(offsetAt(index, { line, character })).toBe(start + character);
          }
          start += content.length + (/^(\r\n|\r|\n)?/.exec(text.slice(start + content.length))?.[0].length ?? 0);
        }
      }),
    );
  });
});
