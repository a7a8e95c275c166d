import { describe, expect, it } from 'vitest';
import { statementHoles } from '../../../../model/bundled/statementHoles.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';

async function holesIn(text: string, language: LanguageId): Promise<readonly string[]> {
  const spans = await inProcessParser.spans(text, language);
  if ('skipped' in spans) throw new Error(spans.skipped);
  return statementHoles(spans, text).map(({ start, end }) => text.slice(start, end));
}

describe('statementHoles', () => {
  it('takes statements and what holds them, each once, and no parts of a line', async () => {
    const text = 'if (a) {\n  b(1);\n  c();\n}\nd = f(\n  1,\n);\n';
    expect(await holesIn(text, 'javascript')).toEqual([
      'if (a) {\n  b(1);\n  c();\n}',
      'b(1);',
      'c();',
      'd = f(\n  1,\n);',
    ]);
  });

  it('knows a block by its lines where the language has no braces', async () => {
    const text = 'def f(a):\n    b = a\n    return b\n';
    expect(await holesIn(text, 'python')).toEqual([text.trimEnd(), 'b = a\n    return b', 'b = a', 'return b']);
  });

  it('leaves out what is longer than a completion', async () => {
    const text = `first()\nx = [${'1, '.repeat(400)}]\n`;
    expect(await holesIn(text, 'python')).toEqual(['first()']);
  });

  it('finds the ends of lines that Windows wrote', async () => {
    expect(await holesIn('go();\r\nstop();\r\n', 'javascript')).toEqual(['go();', 'stop();']);
  });
});
