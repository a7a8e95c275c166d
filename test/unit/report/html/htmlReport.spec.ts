import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { positionAt } from '../../../../src/core/lineIndex.ts';
import { CATEGORIES } from '../../../../src/core/words.ts';
import { earlierReport } from '../../../../src/report/html/earlierReport.ts';
import { htmlReport } from '../../../../src/report/html/htmlReport.ts';
import { jsonReport } from '../../../../src/report/jsonReport.ts';
import { silencedFile } from '../../../support/silencedFile.ts';
import { someLargeReport } from '../../../support/someLargeReport.ts';
import { judgedFile, reportOf } from '../../../support/someReport.ts';
import { wordsOfPage as wordsOf } from '../../../support/wordsOfPage.ts';
import { someSource } from '../../core/someSource.ts';

const MADE = { madeAtMs: 1.79e12 };

describe('htmlReport', () => {
  const page = htmlReport(someLargeReport(), MADE);

  it('stands alone: no script, no address but its own parts', () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\bon\w+="/);
    expect(Array.from(page.matchAll(/(?:href|src)="([^"]*)"/g), ([, link]) => link?.[0])).not.toContain(undefined);
    for (const [, link] of page.matchAll(/(?:href|src)="([^"]*)"/g)) expect(link).toMatch(/^#/);
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${hash}';"`);
    expect(page).not.toMatch(/ style=/);
  });

  it('has its headings in order, and an end for each inner link', () => {
    const levels = Array.from(page.matchAll(/<h(\d)/g), ([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? level)).toBeLessThanOrEqual(1);
    const ids = Array.from(page.matchAll(/ id="([^"]*)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(id);
  });

  it('is the same for the same report', () => {
    expect(htmlReport(someLargeReport(), MADE)).toBe(page);
  });

  it('adds up what it knows, and says what it does not', () => {
    const words = wordsOf(page);
    const judgements = someLargeReport().files.flatMap((file) =>
      'skipped' in file ? [] : file.assessments.map(({ judgement }) => judgement),
    );
    const known = judgements.filter((one) => one !== null);
    const expected = known.reduce((sum, { p }) => sum + 1 - p, 0);
    expect(words).toContain(`Expected changes ${expected.toFixed(0)} `);
    expect(words).toContain(
      `among ${known.length} judged regions; ${judgements.length - known.length} not judged, left out`,
    );
    expect(words).toContain('7 files: no code, by the name.');
    expect(words).toContain('lib/vendor/all.min.js minified');
    expect(words).toContain('read by another model alone left out');
  });

  it('averages over the engine that read most, for the riskiest alone are no fair sample', () => {
    const report = someLargeReport({ isJudged: false });
    const files = report.files.map((file) =>
      'skipped' in file
        ? file
        : {
            ...file,
            categories: file.categories.map((one, index) =>
              index === 0 ? one : { ...one, source: { ...someSource, engine: 'scout' } },
            ),
            assessments: file.assessments.map((one, index) =>
              index === 0 ? one : { ...one, source: { ...someSource, engine: 'scout' } },
            ),
          },
    );
    const words = wordsOf(htmlReport({ ...report, files }, MADE));
    expect(words).toContain('The chance that the engine scout gave to the tokens of each kind');
    expect(words).toContain('by the engine scout: how unusual the code is');
    expect(words).toContain('42 regions read by another model alone left out');
  });

  it('never has two models in one number', () => {
    const words = wordsOf(page);
    const regions = someLargeReport().files.flatMap((file) => ('skipped' in file ? [] : file.assessments));
    const scouted = regions.filter(({ source }) => source.engine === 'ngram');
    expect(words).toContain(`test (none) ${regions.length - scouted.length} `);
    expect(words).toContain(`ngram (000000000000…) ${scouted.length} `);
    for (const origin of ['file', 'diff']) expect(words).toMatch(new RegExp(`${origin} test \\(none\\) \\d+ `));
    expect(words).toMatch(/of those that test judged/);
  });

  it('scores all twelve kinds of syntax by tokens', () => {
    for (const category of CATEGORIES)
      expect(wordsOf(page)).toMatch(new RegExp(`Python ${category} \\d+ 14 \\d+ % \\(`));
  });

  it('finds itself what to look at first, where the report names nothing', () => {
    const report = someLargeReport();
    const [first] = report.riskiest;
    const found = wordsOf(htmlReport({ ...report, riskiest: [] }, MADE));
    expect(found).toContain('20 regions of');
    const line = positionAt(first!.file.lines, first!.assessment.region.start).line + 1;
    expect(found).toContain(`in the order in which to read them. ${first!.file.path}:${line} `);
  });

  it('draws the map without links for an editor, which follows none in a picture', () => {
    expect(page).toMatch(/<a [^>]*href="#part-1"/);
    const inEditor = htmlReport(someLargeReport(), { ...MADE, isInEditor: true });
    expect(inEditor).not.toContain('href="#part-1"');
    expect(inEditor).toContain('aria-label="Treemap of the parts that are in the table below"');
  });

  it('claims no chance where nothing is calibrated', () => {
    const words = wordsOf(htmlReport(someLargeReport({ isJudged: false }), MADE));
    expect(words).toContain('Expected changes not known');
    expect(words).toContain('how unusual the code is, not how wrong');
    expect(words).not.toMatch(/\bp \d/);
  });

  it('shows the line of a span with the span marked, and what was expected there', () => {
    const text = 'let a;\n\nif (total <= limit) {}\n';
    const marked = htmlReport(reportOf([judgedFile('a.ts', text, [{ words: '<=', alternatives: ['<', '>='] }])]), MADE);
    expect(marked).toContain('if (total <mark>&#60;=</mark> limit) {}');
    expect(wordsOf(marked)).toContain(
      'identifiers, 25 % of the region’s surprisal ; usual here: < , >='.replace(' ;', ';'),
    );
  });

  it('keeps whole characters where it cuts a long line', () => {
    const text = `${'😀'.repeat(80)}x${'😀'.repeat(80)}`;
    const cut = htmlReport(reportOf([judgedFile('a.ts', text, [{ words: 'x' }])]), MADE);
    expect(cut).toMatch(/…(😀)+<mark>x<\/mark>(😀)+…/u);
  });

  it('lets nothing act that stands in a file or in a name', () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>\u202E'`;
    const file = {
      ...judgedFile(hostile, hostile, [{ words: 'alert', alternatives: [hostile.slice(0, 20)] }], hostile),
      language: hostile,
    };
    const [first] = file.assessments;
    const scored = {
      ...first!,
      evidence: { ...first!.evidence, features: { callSurprisal: 1 }, signals: { tokenCount: 9, totalSurprisal: 9 } },
    };
    const report = reportOf([
      { ...file, assessments: [scored] },
      { path: hostile, language: null, skipped: 'binary' },
    ]);
    const attacked = htmlReport(report, { ...MADE, linkOf: (path) => `x:${path}` });
    expect(attacked).not.toMatch(/<script|<img|\u202E/);
    expect(attacked.match(/alert\(1\)/g)!.length).toBeGreaterThan(5);
  });

  it('sets earlier reports beside it, and does not compare what is of another engine', () => {
    const before = someLargeReport({ files: 20 });
    const other = { ...before, source: { ...before.source, model: 'another' } };
    const earlier = [before, other].map((one, index) => earlierReport(`${index}.json`, JSON.parse(jsonReport(one))));
    const words = wordsOf(htmlReport(someLargeReport(), { ...MADE, earlier }));
    expect(words).toMatch(/0\.json 20 \d+ \d+ [\d.]+ \([\d.]+ to [\d.]+\) [\d.]+ \([\d.]+ to [\d.]+\) 1\.json/);
    expect(words).toMatch(/1\.json 20 .*? another engine or event this report/);
    expect(wordsOf(page)).not.toContain('Against earlier reports');
  });

  it('stays small however much was judged', () => {
    const large = htmlReport(someLargeReport({ files: 1000 }), MADE);
    expect(large.length).toBeLessThan(200_000);
  });

  it('tells what comments keep quiet, and why', () => {
    const words = wordsOf(htmlReport(reportOf([silencedFile('a.ts')]), MADE));
    expect(words).toContain('Kept quiet by comments 1 comment keeps 2 places quiet');
    expect(words).toContain('a.ts:1 [seen]\uFFFD `here` 2');
    expect(wordsOf(page)).toContain('No comment keeps anything quiet.');
  });

  it('makes a page of a report without a region', () => {
    const words = wordsOf(htmlReport(reportOf([{ path: 'a', language: null, skipped: 'empty' }]), MADE));
    expect(words).toContain('There is nothing to look at');
    expect(words).toContain('Nothing was scored, so there is no map.');
  });
});
