import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../../src/core/words.ts';
import { textReport, textSummary } from '../../../src/report/textReport.ts';
import { someCalibration } from '../../support/someCalibration.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';
import { someSource } from '../core/someSource.ts';
import { grammarNamed, tokenise, withScope, type Piece } from './tokenise.ts';

const report = grammarNamed('report');

const SPANS = [{ words: '<=', alternatives: ['<', '> =', '>='] }];
const FILE = judgedFile('src/my files/a.ts', 'let a;\n\n\tif (total <= limit) {}\n', SPANS, 'A.region of b');

async function linesOf(text: string): Promise<readonly (readonly Piece[])[]> {
  return tokenise(text.trimEnd().split('\n'), report);
}

/** The texts of a scope of the report, in the first line that has it. */
function first(lines: readonly (readonly Piece[])[], scope: string): readonly string[] {
  return lines.map((pieces) => withScope(pieces, scope)).find((texts) => texts.length > 0) ?? [];
}

describe('the grammar of the report', () => {
  it('knows every line of a report', async () => {
    const text = textReport(reportOf([FILE, { path: 'b', language: null, skipped: 'binary' }], { otherFileCount: 3 }));
    for (const [at, pieces] of (await linesOf(text)).entries()) {
      const words = text.split('\n')[at] ?? '';
      const isProse = /^(?:$|Left out)/.test(words);
      if (!isProse) expect([words, pieces.some(({ scopes }) => scopes.length > 0)]).toEqual([words, true]);
    }
  });

  it('takes the head apart', async () => {
    const lines = await linesOf(textReport(reportOf([FILE])));
    expect(first(lines, 'markup.heading.candor-report')).toEqual(['Candor']);
    expect(first(lines, 'constant.numeric.version.candor-report')[0]).toMatch(/^\d+\.\d+\.\d+/);
    expect(first(lines, 'entity.name.type.engine.candor-report')).toEqual([someSource.engine]);
    expect(withScope(lines[1] ?? [], 'constant.numeric')).toEqual(['1', '1', '1,234']);
  });

  it('takes the line of a region apart', async () => {
    const lines = await linesOf(' 1. src/my files/a.ts:120  A.region of b  least likely token: 34.5 bits');
    const of = (scope: string): readonly string[] => first(lines, `${scope}.candor-report`);
    expect(of('meta.region')).toHaveLength(1);
    expect(of('constant.numeric.place')).toEqual([' 1']);
    expect(of('string.unquoted.path')).toEqual(['src/my files/a.ts']);
    expect(of('constant.numeric.line')).toEqual(['120']);
    expect(of('entity.name.function')).toEqual(['A.region of b']);
    expect(of('constant.numeric.bits')).toEqual(['34.5']);
  });

  it.each(['trust', 'check', 'doubt', 'unknown'] as const)(
    'knows the band %s and the chance before it',
    async (band) => {
      const { target } = someCalibration(someSource, { count: 200 });
      const basis = { target, authors: 'ai', riskModel: '', prior: '', outcomeCount: 1, commitCount: 1 } as const;
      const judgement = { p: 0.52, low: 0.4, high: 0.61, basis };
      const assessments = FILE.assessments.map((one) => ({ ...one, target, judgement, band }));
      const lines = await linesOf(textReport(reportOf([{ ...FILE, assessments }])));
      expect(first(lines, `constant.language.band.${band}.candor-report`)).toEqual([band]);
      expect(first(lines, 'constant.numeric.chance.candor-report')).toEqual(['52 %']);
      expect(first(lines, 'constant.numeric.interval.candor-report')).toEqual(['(40 to 61 %)']);
      expect(first(lines, 'entity.name.function.candor-report')).toEqual(['A.region of b']);
    },
  );

  it('knows a region without a number', async () => {
    const lines = await linesOf('12. a:b.ts:3  (statements)');
    expect(first(lines, 'string.unquoted.path.candor-report')).toEqual(['a:b.ts']);
    expect(first(lines, 'entity.name.function.candor-report')).toEqual(['(statements)']);
  });

  it('takes a source line and its mark apart', async () => {
    const lines = await linesOf(textReport(reportOf([FILE])));
    const at = lines.findIndex((pieces) => withScope(pieces, 'meta.source-line.candor-report').length > 0);
    const [source = [], mark = []] = lines.slice(at);
    expect(withScope(source, 'constant.numeric.line.candor-report')).toEqual(['      3']);
    expect(withScope(source, 'punctuation.separator.gutter.candor-report')).toEqual(['|']);
    expect(withScope(source, 'markup.raw.source.candor-report')[0]?.trim()).toBe('if (total <= limit) {}');
    expect(withScope(mark, 'meta.mark.candor-report')).toHaveLength(1);
    expect(withScope(mark, 'keyword.operator.mark.candor-report')).toEqual(['^^']);
    expect(withScope(mark, 'support.type.category.candor-report')).toEqual(['identifiers']);
    expect(withScope(mark, 'constant.numeric.share.candor-report')).toEqual(['25 %']);
    expect(withScope(mark, 'string.unquoted.alternative.candor-report')).toEqual(['<', '> =', '>=']);
  });

  it.each([...CATEGORIES, 'parenthesized_expression', ','])('knows marks of %s', async (category) => {
    const lines = await linesOf(`        |   ^ ${category}, 0.5 % of the region's risk`);
    expect(first(lines, 'support.type.category.candor-report')).toEqual([category]);
    expect(first(lines, 'constant.numeric.share.candor-report')).toEqual(['0.5 %']);
  });

  it('knows what was expected, and how surely', async () => {
    const lines = await linesOf(
      "        |   ^^ operators, 38 % of the region's surprisal; expected here: a < b (83 %)  >=  f (x)",
    );
    expect(first(lines, 'string.unquoted.alternative.candor-report')).toEqual(['a < b', '>=', 'f (x)']);
    expect(first(lines, 'constant.numeric.chance.candor-report')).toEqual(['(83 %)']);
  });

  it('does not take source that looks like a report for one', async () => {
    const lines = await linesOf(
      "     12 |  1. a.ts:3  f  p 1 % (0 to 2 %), doubt\n     13 |     ^^ a, 1 % of the region's risk",
    );
    for (const pieces of lines) {
      expect(withScope(pieces, 'meta.source-line.candor-report')).toHaveLength(1);
      expect(withScope(pieces, 'meta.mark.candor-report')).toEqual([]);
      expect(withScope(pieces, 'constant.language')).toEqual([]);
    }
  });

  it('sets notes apart', async () => {
    const calibrations = [
      null,
      someCalibration(someSource, { count: 200 }),
      someCalibration(someSource, { count: 200, slope: 0 }),
    ];
    for (const calibration of calibrations) {
      const lines = await linesOf(textReport(reportOf([FILE], { calibration })));
      const notes = lines.flatMap((pieces) => withScope(pieces, 'comment.line.note.candor-report'));
      expect(notes).toHaveLength(2);
      expect(notes[1]).toMatch(/^1 of 1 region shown\./);
    }
  });

  it('knows the tables of a summary', async () => {
    const digest = `Chance that the engine gave to each of 1,204 tokens of code
  50 % or more      900   75 %  ██████████████████████
  less                4    0 %

Surprisal by syntax
  category         tokens  share  bits a token
  data structures     120   40 %           3.5

Not scored: 7.`;
    const lines = await linesOf(textSummary(reportOf([FILE]), digest));
    const headings = lines.flatMap((pieces) => withScope(pieces, 'markup.heading.candor-report'));
    expect(headings).toEqual([
      'Candor',
      'Chance that the engine gave to each of ',
      ' tokens of code',
      'Surprisal by syntax',
      'To read first:',
    ]);
    const rows = lines.filter((pieces) => withScope(pieces, 'meta.row.candor-report').length > 0);
    expect(rows.map((row) => withScope(row, 'support.type.category.candor-report')[0])).toEqual([
      '50 % or more',
      'less',
      'data structures',
    ]);
    expect(rows.map((row) => withScope(row, 'constant.numeric.count.candor-report')[0])).toEqual(['900', '4', '120']);
  });
});
