import { describe, expect, it } from 'vitest';
import { secondOpinion, type OpinionTools } from '../../../../src/app/opinions/secondOpinion.ts';
import { sandboxIn } from '../../../../src/app/opinions/sandboxIn.ts';
import { placeAround } from '../../../../src/app/opinions/placeAround.ts';
import type { SecondOpinion } from '../../../../src/core/opinions/secondOpinion.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { opinionReport } from '../../../../src/report/opinionReport.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { someSource } from '../../core/someSource.ts';
import { writingEngine } from '../completions/writingEngine.ts';

/** Asks as often as there are answers, for the statement at `|`. */
async function ask(
  language: LanguageId,
  marked: string,
  answers: readonly string[],
): Promise<SecondOpinion & { readonly text: string }> {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const spans = await inProcessParser.spans(text, language);
  const place = placeAround(text, isSkipped(spans) ? null : spans, { start: offset, end: offset + 1 });
  if (place === null) throw new Error('There is no code at the mark.');
  const score = (): Promise<never> => Promise.reject(new Error('It scores nothing.'));
  const engine: OpinionTools['engine'] = { ...writingEngine(answers), name: 'test', source: someSource, score };
  const tools = { engine, parser: inProcessParser, sandbox: sandboxIn(sourceAssets) };
  const opinion = await secondOpinion(
    tools,
    { path: 'a', language, text, place, openTexts: [], mostUnits: 1000 },
    { count: answers.length, temperature: 1, seed: 1, isAsked: false },
    { onProgress: () => undefined, abortSignal: new AbortController().signal },
  );
  return { ...opinion, text };
}

const clustersOf = ({ clusters }: SecondOpinion): unknown =>
  clusters.map(({ text, count, isOriginal, isBroken }) => [text, count, isOriginal, isBroken]);

describe('a second opinion', () => {
  it('puts renamed and reformatted samples together, and an operator apart', async () => {
    const opinion = await ask('javascript', 'function f(a, c) {\n  |const b = a <= c;\n  return a;\n}\n', [
      'const b = a <= c;\n',
      'const  x  =  a<=c\n',
      'const b = a < c;\n',
      'const b = a < c; // why\n',
    ]);
    expect(clustersOf(opinion)).toEqual([
      ['const b = a <= c;', 2, true, false],
      ['const b = a < c;', 2, false, false],
    ]);
    expect(opinion.signals.syntaxEquivalenceRate).toBe(0.5);
  });

  it('says where the samples part, and which parts are better marked', async () => {
    const opinion = await ask('python', 'import os\n|total = price * count + tax\nprint(total)\n', [
      'total = price * count - tax\n',
      'total = price * count - tax\n',
      'total = price * count - tax\n',
      'total = price * count + tax\n',
    ]);
    const { finding, text, unsure } = opinion;
    expect(finding).toMatchObject({ kind: 'samplesPart', numbers: { reaching: 4, leaving: 3 } });
    expect(text.slice(finding?.start, finding?.end)).toBe('+');
    expect(unsure.map(({ start, end }) => text.slice(start, end))).toEqual(['+']);
  });

  it('marks what does not parse in its place', async () => {
    const opinion = await ask('javascript', '|f(1);\ng();\n', ['f(1);\n', 'f(1));\n']);
    expect(clustersOf(opinion)).toEqual([
      ['f(1);', 1, true, false],
      ['f(1));', 1, false, true],
    ]);
  });

  it('runs JavaScript where that can be done, and tells what behaves alike', async () => {
    const opinion = await ask('javascript', 'function f(a, b) {\n  |return a + b;\n}\n', [
      'return b + a;\n',
      'return a - b;\n',
      'return -(b - a);\n',
    ]);
    expect(opinion.clusters).toHaveLength(3);
    // Strings are put together in another order, so a + b is not b + a.
    expect(opinion.behaviour).toMatchObject({ clusterCount: expect.any(Number) as number });
    expect(opinion.signals).toHaveProperty('functionalEquivalenceRate');
  });

  it('says why nothing is run elsewhere', async () => {
    const opinion = await ask('python', 'x = 1\n|y = 2\nz = 3\n', ['y = 2\n']);
    expect(opinion.behaviour).toEqual({ reason: 'only JavaScript can be' });
    expect(opinion.finding).toBeNull();
  });

  it('is read as a report', async () => {
    const opinion = await ask('python', 'import os\n|total = price * count + tax\nprint(total)\n', [
      'total = price * count - tax\n',
      'total = price * count - tax\n',
      'total = price * count + tax\n',
    ]);
    const report = opinionReport(opinion, { path: 'a.py', text: opinion.text });
    expect(report).toContain('Second opinion on a.py:2: 3 samples at temperature 1, seed 1');
    expect(report).toContain('      2 | total = price * count + tax\n        |                       ~\n');
    expect(report).toContain('2 of 3 samples that came so far leave “+” here.');
    expect(report).toMatch(/ 1\. 1 of 3 \(33 %; \d+ % of the vote by probability\) {2}as it stands\n/);
    expect(report).toContain('        | total = price * count - tax\n');
    expect(report).toContain('Not run: only JavaScript can be.');
  });
});
