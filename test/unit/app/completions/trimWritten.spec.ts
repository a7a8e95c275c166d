import { describe, expect, it } from 'vitest';
import { findRepetition, overlapUnits } from '../../../../src/app/completions/trimWritten.ts';

describe('what stands after the caret too', () => {
  it.each([
    ['a)', ')', 1],
    ['a)', ') + b', 1],
    ['a, b)\n', ', b)', 5],
    ['x\n  return y', '\n  return y\n', 11],
    ['x\nreturn y', '\n\n  z', 0],
    ['return y', '\n\n  return y', 8],
    ['return a', '\nabc()', 0],
    ['return abc', '\nabc()', 0],
    ['x = a', 'abc', 0],
    ['x = ca', 'a + b', 0],
    ['x = a', 'a + b', 1],
    ['b()\n    }', '\n\n  }\n}', 1],
    ['a', 'b', 0],
    ['', ')', 0],
    ['a)', '', 0],
  ])('%j before %j: %i units', (written, suffix, expected) => {
    expect(overlapUnits(written, suffix)).toBe(expected);
  });
});

describe('what is there already', () => {
  it.each([
    ['a line of its own', '', 'a()\nb()\nb()\n', '', 'a()\nb()\n'],
    ['two lines', '', 'a()\nb()\na()\nb()\n', '', 'a()\nb()\n'],
    ['the line before', 'a()\n', 'a()\n', '', ''],
    ['the line that it stands in', 'a()\na', '()\nb()\n', '', ''],
    ['the line after', '  ', 'a()\n  b()\n', '\n  b()\n', 'a()\n'],
    ['the line after, at once', '  ', 'b()\n', '\n\n  b()\n', ''],
    ['no brackets', '', '[\n0,\n0,\n]\n]\n', '', '[\n0,\n0,\n]\n]\n'],
    ['no deeper bracket', '  ', 'if a {\n  }\n', '\n}\n', 'if a {\n  }\n'],
    ['nothing', '', 'a()\nb()\n', 'c()', 'a()\nb()\n'],
    ['white space at the ends of lines', '', 'a() \na()\t\nb()\n', '', 'a() \n'],
  ])('%s', (_name, prefix, written, suffix, kept) => {
    expect(written.slice(0, findRepetition(prefix, written, suffix, true).start)).toBe(kept);
  });

  it('is told of whole lines alone while more is coming', () => {
    expect(findRepetition('', 'foo\nfoo', '', true)).toEqual({ start: 4, isLoop: true });
    expect(findRepetition('', 'foo\nfoo', '', false)).toEqual({ start: 7, isLoop: false });
    expect(findRepetition('', 'a\nfoo\n', '\nfoo', false)).toEqual({ start: 2, isLoop: false });
  });
});
