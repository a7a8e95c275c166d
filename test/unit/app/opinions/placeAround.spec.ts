import { describe, expect, it } from 'vitest';
import { placeAround } from '../../../../src/app/opinions/placeAround.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';

/** What is written again for the stretch between two `|`. */
async function around(language: LanguageId | 'lines', marked: string): Promise<string | null> {
  const [before = '', stretch = '', after = ''] = marked.split('|');
  const text = before + stretch + after;
  const spans = await inProcessParser.spans(text, language);
  const range = { start: before.length, end: before.length + stretch.length };
  const place = placeAround(text, isSkipped(spans) ? null : spans, range);
  return place && `${place.kind}: ${text.slice(place.start, place.end)}`;
}

const LONG = Array.from({ length: 14 }, (_, index) => `  g(${index});`).join('\n');

describe('what is written again', () => {
  it.each([
    ['the statement', 'javascript', 'f();\nlet a = b |<=| c;\ng();', 'statement: let a = b <= c;'],
    [
      'a short statement with its body',
      'javascript',
      'if (a |<=| b) {\n  f();\n}\n',
      'statement: if (a <= b) {\n  f();\n}',
    ],
    ['the inner statement', 'javascript', 'if (a <= b) {\n  t |+=| a;\n}\n', 'statement: t += a;'],
    ['the line of a long statement', 'javascript', `  while (a |<=| b) {\n${LONG}\n}\n`, 'line: while (a <= b) {'],
    [
      'the head of a function',
      'javascript',
      `const x = 1; function f(a, |b|) {\n${LONG}\n}\n`,
      'line: function f(a, b) {',
    ],
    ['a statement over lines', 'python', 'x = f(\n    a,\n    |b|,\n)\n', 'statement: x = f(\n    a,\n    b,\n)'],
    ['a statement of a block', 'python', 'def f(a):\n    if a:\n        return |a|\n', 'statement: return a'],
    ['a line where there is no grammar', 'lines', 'one\n  two |three|  \nfour', 'line: two three'],
    [
      'the statement before a bare cursor',
      'go',
      'package p\n\nfunc f() int {\n\treturn ||1\n}\n',
      'statement: return 1',
    ],
  ] as const)('is %s', async (_, language, marked, expected) => {
    expect(await around(language, marked)).toBe(expected);
  });

  it('is nothing on a blank line', async () => {
    expect(await around('lines', 'one\n || \ntwo')).toBeNull();
  });
});
