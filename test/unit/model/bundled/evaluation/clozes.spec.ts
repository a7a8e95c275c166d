import { describe, expect, it } from 'vitest';
import { sampleClozes, type Cloze, type ClozeMaker } from '../../../../../model/bundled/evaluation/cloze.ts';
import { filledStatement } from '../../../../../model/bundled/evaluation/filledStatement.ts';
import { restOfLine } from '../../../../../model/bundled/evaluation/restOfLine.ts';
import { loadTokenizer } from '../../../../../src/engines/tokenizer/loadTokenizer.ts';
import { detectLanguage } from '../../../../../src/syntax/detectLanguage.ts';
import { lineSpans } from '../../../../../src/syntax/lineSpans.ts';
import { createTextParser } from '../../../../../src/syntax/parseText.ts';
import { grammarsFolder } from '../../../../grammarsFolder.ts';

const tokenizer = loadTokenizer(new URL('../../../../../model/tokenizer/merges.txt', import.meta.url));
const parser = createTextParser(grammarsFolder());

/** Clozes of a text by many seeds. */
async function clozesOf(make: ClozeMaker, path: string, text: string): Promise<readonly Cloze[]> {
  const language = detectLanguage(path);
  const spans = language === null ? lineSpans(text) : await parser.spansOf(text, language);
  if ('skipped' in spans) throw new Error(spans.skipped);
  return Array.from({ length: 60 }, (_, seed) => make(path, text, spans, String(seed))).filter((one) => one !== null);
}

describe('restOfLine', () => {
  const make = restOfLine(tokenizer);

  it('cuts lines of code at the borders of their tokens, and neither comments nor short lines', async () => {
    const line = 'const total = sumOf(values);';
    const text = `// a comment that is long enough\n/* one\n  of several lines of text */\n{\n${line}  \r\n}\n`;
    const start = text.indexOf(line);
    const borders = [...tokenizer.encode(text).ends].filter((end) => end >= start && end < start + line.length);
    const clozes = await clozesOf(make, 'a.js', text);
    expect(borders[0]).toBe(start);
    expect(clozes).toHaveLength(60);
    for (const { prefix, truth, suffix } of clozes) {
      expect(prefix + truth).toBe(text.slice(0, start) + line);
      expect(suffix).toBeUndefined();
    }
    expect([...new Set(clozes.map((one) => one.start))].sort((a, b) => a - b)).toEqual(borders);
  });

  it('tells comments by their first signs where there is no grammar', async () => {
    const text = '-- a comment of Lua\n// a comment of Kotlin\nlocal value = compute(1)\n';
    const clozes = await clozesOf(make, 'a.lua', text);
    expect(clozes.length).toBeGreaterThan(0);
    for (const { start } of clozes) expect(start).toBeGreaterThanOrEqual(text.indexOf('local'));
  });

  it('shows the last 2,000 characters, and finds nothing in a text of short lines', async () => {
    const text = `${'x = 1;\n'.repeat(500)}const total = sumOf(values);\n`;
    for (const { prefix } of await clozesOf(make, 'a.js', text)) expect(prefix).toHaveLength(2_000);
    expect(await clozesOf(make, 'a.js', 'x = 1;\n'.repeat(9))).toEqual([]);
  });
});

describe('filledStatement', () => {
  const make = filledStatement(tokenizer);

  it('takes out a statement, and neither a comment nor a long one', async () => {
    const long = `call(${'1, '.repeat(60)}1);`;
    const text = `// why\nfirst(1);\n${long}\nsecond(2);\n`;
    const clozes = await clozesOf(make, 'a.js', text);
    expect(new Set(clozes.map(({ truth }) => truth))).toEqual(new Set(['first(1);', 'second(2);']));
    for (const { prefix, truth, suffix = '' } of clozes) expect(text).toContain(prefix + truth + suffix);
  });

  it('shows 120 tokens before and 60 after', async () => {
    const text = Array.from({ length: 200 }, (_, line) => `value_${line} = compute(${line})\n`).join('');
    for (const { start, prefix, truth, suffix = '' } of await clozesOf(make, 'a.py', text)) {
      expect(text.indexOf(prefix + truth + suffix)).toBe(start - prefix.length);
      const tokens = { prefix: tokenizer.encode(prefix).ids.length, suffix: tokenizer.encode(suffix).ids.length };
      if (start > 1_000 && start < text.length - 1_000) expect(tokens).toEqual({ prefix: 120, suffix: 60 });
    }
  });
});

describe('sampleClozes', () => {
  const file = (path: string, text: string) => ({ project: 'p', language: 'javascript', path, text });

  it('takes the files in turn and no place twice', async () => {
    const files = [file('a.js', 'first(1);\nsecond(2);\n'), file('b.js', 'third(3);\n'), file('c.js', '// none\n')];
    const make = filledStatement(tokenizer);
    const truths = async (count: number) => (await sampleClozes(files, count, make, parser)).map(({ truth }) => truth);
    expect((await truths(2)).at(-1)).toBe('third(3);');
    expect((await truths(99)).sort()).toEqual(['first(1);', 'second(2);', 'third(3);']);
    expect(await truths(2)).toEqual(await truths(2));
  });
});
