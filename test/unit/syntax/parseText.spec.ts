import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../src/core/candorError.ts';
import { createTextParser } from '../../../src/syntax/parseText.ts';
import { grammarsFolder } from '../../grammarsFolder.ts';
import { SAMPLES, textParser } from './samples.ts';

const LONG = 'f(a, [b, c], { d: 1 });\n'.repeat(6_000);

describe('createTextParser', () => {
  it('skips a text that is too long, and parses one that just fits', async () => {
    const parser = createTextParser(grammarsFolder(), { maxLength: 5, maxMs: 10_000 });
    expect(await parser.spansOf('a = 12', 'python')).toEqual({ skipped: 'too-long' });
    expect(await parser.spansOf('a = 1', 'python')).toMatchObject({ language: 'python', textLength: 5 });
    const edits = { text: 'a = 12', start: 0, end: 1, replacements: ['b'] };
    expect(await parser.keepsParsing(edits, 'python')).toEqual({ skipped: 'too-long' });
  });

  it('gives up on a text that takes too long, and is ready for the next one', async () => {
    const parser = createTextParser(grammarsFolder(), { maxLength: 1e9, maxMs: 0.01 });
    await parser.spansOf('', 'javascript');
    expect(await parser.spansOf(LONG, 'javascript')).toEqual({ skipped: 'too-slow' });
    const edits = { text: LONG, start: 0, end: 1, replacements: ['g'] };
    expect(await parser.keepsParsing(edits, 'javascript')).toEqual({ skipped: 'too-slow' });
  });

  it('stops while it parses and while it walks, and does not carry the rest into the next text', async () => {
    await textParser.spansOf('', 'javascript');
    let asked = 0;
    await textParser.spansOf(LONG, 'javascript', () => {
      asked++;
      return false;
    });
    expect(asked).toBeGreaterThan(50);
    for (const patience of [0, 1, asked >> 2, asked >> 1, asked - 4]) {
      let left = patience;
      const answer = await textParser.spansOf(LONG, 'javascript', () => left-- <= 0);
      expect(answer).toEqual({ skipped: 'cancelled' });
      const after = await textParser.spansOf('a', 'javascript');
      expect(after).toMatchObject({ textLength: 1, length: 3 });
    }
  });

  it('says which file is missing from the folder of grammars', async () => {
    const parser = createTextParser(new URL('./nowhere/', import.meta.url));
    const failure = parser.spansOf('a', 'go');
    await expect(failure).rejects.toSatisfy((error: unknown) => CandorError.is(error, 'corrupt'));
  });
});

describe('keepsParsing', () => {
  const text = 'const a = 1; // 😀\nconst b = f(a, [2, 3]);\nconst c = b;\n';
  const start = text.indexOf('[2, 3]');
  const end = start + '[2, 3]'.length;

  it('tells texts that parse from texts that do not', async () => {
    const replacements = ['[2]', '', '{ x: 1 }', '[2', ')', '漢字', '{', '`\n\n`', '() => {\n  return 1\n}', '2 3'];
    const answer = await textParser.keepsParsing({ text, start, end, replacements }, 'javascript');
    expect(answer).toEqual([true, true, true, false, false, true, false, true, true, false]);
  });

  it('agrees with parsing each text from the start, for faults elsewhere too', async () => {
    const broken = `${text}let = ;\nclass {{\n`;
    for (const original of [text, broken]) {
      for (const at of [0, 6, 13, start, end, original.length]) {
        const to = Math.min(original.length, at + 4);
        const replacements = ['', 'x', '(', 'y;\nz', '/* 漢 */'];
        const edits = { text: original, start: at, end: to, replacements };
        const before = await faultsOf(original);
        const expected = await Promise.all(
          replacements.map(async (by) => (await faultsOf(original.slice(0, at) + by + original.slice(to))) <= before),
        );
        expect([at, await textParser.keepsParsing(edits, 'javascript')]).toEqual([at, expected]);
      }
    }
  });

  it.each(SAMPLES.filter(({ file }) => file.startsWith('sample')))('holds for $file against itself', async (sample) => {
    const middle = sample.text.length >> 1;
    const same = sample.text.slice(middle, middle + 9);
    const edits = { text: sample.text, start: middle, end: middle + 9, replacements: [same] };
    expect(await textParser.keepsParsing(edits, sample.language)).toEqual([true]);
  });
});

async function faultsOf(text: string): Promise<number> {
  const spans = await textParser.spansOf(text, 'javascript');
  if ('skipped' in spans) throw new Error(spans.skipped);
  // ERROR and MISSING; leaves that stand for text in an ERROR are flagged like it, and are no fault of their own.
  let faults = 0;
  for (let span = 0; span < spans.length; span++) {
    const isMade = spans.types[span] === spans.types[spans.parents[span] ?? 0] && span !== 0;
    if (((spans.flags[span] ?? 0) & (4 | 8)) !== 0 && !(isMade && ((spans.flags[span] ?? 0) & 2) !== 0)) faults++;
  }
  return faults;
}
