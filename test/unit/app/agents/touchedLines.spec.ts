import { describe, expect, it } from 'vitest';
import { lineIndexOf } from '../../../../src/core/lineIndex.ts';
import { touchedLines } from '../../../../src/app/agents/touchedLines.ts';

const TEXT = 'one\r\ntwo\nthree';
const lines = lineIndexOf(TEXT);

describe('touchedLines', () => {
  it.each([
    [{}, TEXT],
    [{ startLine: 0 }, 'one\r\n'],
    [{ startLine: 1 }, 'two\n'],
    [{ startLine: 2 }, 'three'],
    [{ endLine: 1 }, 'one\r\ntwo\n'],
    [{ startLine: 1, endLine: 2 }, 'two\nthree'],
    [{ startLine: 1, endLine: 99 }, 'two\nthree'],
  ])('%j', (asked, touched) => {
    const { start, end } = touchedLines(lines, asked);
    expect(TEXT.slice(start, end)).toBe(touched);
  });

  it.each([
    [{ startLine: 3 }, 'There is no line 3: the last one is 2'],
    [{ startLine: 2, endLine: 1 }, 'run backwards'],
  ])('refuses %j', (asked, words) => {
    expect(() => touchedLines(lines, asked)).toThrow(words);
  });
});
