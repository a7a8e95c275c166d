import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textReport } from '../../../src/report/textReport.ts';
import { someCalibration } from '../../support/someCalibration.ts';
import { judgedFile, reportOf, type Part } from '../../support/someReport.ts';
import { someSource } from '../core/someSource.ts';
import { silencedFile } from '../../support/silencedFile.ts';

/** The lines of a report over one file. */
function linesOf(text: string, spans: readonly Part[], path = 'a.ts', name = 'region'): readonly string[] {
  return textReport(reportOf([judgedFile(path, text, spans, name)])).split('\n');
}

/** What stands above the marks of a report, without the gutter. */
function marked(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, at) => {
    const marks = /^ +\| ( *)(\^+) /.exec(line);
    if (marks === null) return [];
    const from = line.indexOf('^');
    return [lines[at - 1]!.slice(from, from + marks[2]!.length)];
  });
}

describe('textReport', () => {
  it('tells what comments keep quiet, and why', () => {
    const lines = textReport(reportOf([silencedFile('a.ts')])).split('\n');
    const at = lines.indexOf('Kept quiet by comments: 2 places');
    expect(lines[at + 1]).toBe('    a.ts:1  2 places  [seen]\uFFFD `here`');
    const many = Array.from({ length: 12 }, (_, index) => silencedFile(`f${index}.ts`));
    const text = textReport(reportOf(many));
    expect(text).toContain('Kept quiet by comments: 24 places');
    expect(text).toContain('f9.ts:1  2');
    expect(text).not.toContain('f10.ts:1  2');
    expect(text).toContain('and 2 more comments; --format=json has all of them.');
    expect(textReport(reportOf([judgedFile('a.ts', 'let a;', [])]))).not.toContain('quiet');
  });

  it('sums up what was judged and what was left out', () => {
    const report = reportOf(
      [
        judgedFile('a.ts', 'let a;', []),
        { path: 'b.bin', language: null, skipped: 'binary' },
        { path: 'c', language: null, skipped: 'binary' },
        { path: 'd', language: null, skipped: 'empty' },
      ],
      { otherFileCount: 3 },
    );
    expect(textReport(report).split('\n').slice(1, 3)).toEqual([
      '1 file judged, 1 region; learned from 1,234 tokens.',
      'Left out: 2 binary, 1 empty, 3 no code.',
    ]);
  });

  it('says that nothing was left out by saying nothing', () => {
    expect(textReport(reportOf([judgedFile('a.ts', 'let a;', [])]))).not.toContain('Left out');
  });

  it('claims no chance that code is right while nothing is calibrated', () => {
    expect(textReport(reportOf([judgedFile('a.ts', 'let a;', [])]))).toContain('Nothing is calibrated yet');
  });

  it('says the chance of a region that was judged, its band and what it rests on', () => {
    const calibration = someCalibration(someSource, { count: 200 });
    const { target } = calibration;
    const file = judgedFile('a.ts', 'let a;', [{ words: 'a' }]);
    const basis = { target, authors: 'ai', riskModel: '', prior: '', outcomeCount: 1, commitCount: 1 } as const;
    const judgement = { p: 0.52, low: 0.4, high: 0.61, basis };
    const assessments = file.assessments.map((one) => ({ ...one, target, judgement, band: 'check' as const }));
    const text = textReport(reportOf([{ ...file, assessments }], { calibration }));
    expect(text).toContain(
      'p is the chance that a region needs no fix within 60 days, by the history here: 200 regions',
    );
    expect(text).toContain('p 52 % (40 to 61 %), check');
    expect(text).toContain("25 % of the region's risk");
  });

  it('says of a calibration that knows nothing that it shows no chance', () => {
    const calibration = someCalibration(someSource, { count: 200, slope: 0 });
    const text = textReport(reportOf([judgedFile('a.ts', 'let a;', [])], { calibration }));
    expect(text).toContain('A reading order, not a verdict. It is not shown to know more than the past rate here');
    expect(text).not.toMatch(/\bp \d/);
  });

  it('counts lines from 1, and marks the words of the span', () => {
    const lines = linesOf('let a;\n\nif (total <= limit) {}\n', [{ words: '<=', alternatives: ['<', '>='] }]);
    const at = lines.findIndex((line) => line.endsWith('| if (total <= limit) {}'));
    expect(lines[at]).toMatch(/^ +3 \| /);
    expect(lines[at + 1]).toContain("^^ identifiers, 25 % of the region's surprisal; usual here: <  >=");
    expect(marked(lines)).toEqual(['<=']);
  });

  it('shows three spans of a region at most', () => {
    expect(
      marked(
        linesOf(
          'let a, b, c, d;',
          ['a', 'b', 'c', 'd'].map((words) => ({ words })),
        ),
      ),
    ).toHaveLength(3);
  });

  it('keeps the mark under its words behind tabs and indentation', () => {
    expect(marked(linesOf('\t\t\tif\t(a\t<=\tb) {}\n', [{ words: '<=' }]))).toEqual(['<=']);
    expect(marked(linesOf(`${' '.repeat(300)}return total;\n`, [{ words: 'total' }]))).toEqual(['total']);
  });

  it('cuts deep indentation down to two columns', () => {
    expect(linesOf(`${' '.repeat(24)}return odd;\n`, [{ words: 'odd' }])).toContain('      1 |   return odd;');
  });

  it('cuts a long line, with the mark still under its words', () => {
    const text = `const list = [${Array.from({ length: 200 }, (_, index) => `item${index}`).join(', ')}];`;
    for (const words of ['item3,', 'item77,', 'item199']) {
      const lines = linesOf(text, [{ words }]);
      expect(marked(lines)).toEqual([words]);
      for (const line of lines.filter((one) => one.includes('item'))) expect(line.length).toBeLessThanOrEqual(120);
    }
  });

  it('marks the first line of a span of several, and no further than what is shown', () => {
    expect(marked(linesOf('call(one,\n  two);\n', [{ words: 'one,\n  two' }]))).toEqual(['one,']);
    expect(marked(linesOf(`a = "${'x'.repeat(500)}";\n`, [{ words: `"${'x'.repeat(500)}"` }]))).toEqual([
      `"${'x'.repeat(95)}`,
    ]);
  });

  it('keeps to the lines of an editor, however they end', () => {
    const lines = linesOf('let a;\r\nlet b;\rlet odd;\r\n', [{ words: 'odd' }]);
    expect(marked(lines)).toEqual(['odd']);
    expect(lines.join('\n')).toMatch(/^ +3 \| let odd;$/m);
  });

  it('makes hostile text inert, wherever it comes from', () => {
    const evil = 'x\u001B[2J\u202E\u2066\u0007\u009B\u2028y';
    const report = textReport(
      reportOf([
        judgedFile(
          `dir\n${evil}/a.ts`,
          `let ${evil} = 1;\n`,
          [{ words: evil, alternatives: [evil, 'a\nb'] }],
          `${evil}\n1. fake`,
        ),
      ]),
    );
    expect(report.replaceAll('\n', '')).not.toMatch(
      /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028\u2029]/,
    );
    expect(report).not.toMatch(/^1\. fake/m);
    // Header of three lines, region of three, footer of one, two blank lines between: no line was smuggled in.
    expect(report.trimEnd().split('\n')).toHaveLength(9);
  });

  it('marks the right words whatever stands before them', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', ' ', '\t', 'é', '\u202E', '\u001B', '\u{E0041}', '\uFEFF', '('),
    });
    fc.assert(
      fc.property(part, part, (before, after) => {
        const lines = linesOf(`${before}WORDS${after}\n`, [{ words: 'WORDS' }]);
        expect(marked(lines)).toEqual(['WORDS']);
      }),
    );
  });

  it.each([
    ['wide characters', 'let 漢字 = odd;', 11],
    ['full-width signs', 'ｆ（odd', 4],
    ['Hangul', '한글 odd', 5],
    ['emoji', '"😀" odd', 5],
    ['marks that combine', 'cafe\u0301 odd', 5],
    ['narrow characters outside of the basic plane', '𝒙 odd', 2],
  ])('puts the mark under its words where a terminal shows them: behind %s', (_, text, columns) => {
    const line = linesOf(text, [{ words: 'odd' }]).find((one) => one.includes('^'))!;
    expect(line.indexOf('^') - '        | '.length).toBe(columns);
  });

  it('makes the mark as wide as its words', () => {
    const line = linesOf('let 漢字 = 1;', [{ words: '漢字' }]).find((one) => one.includes('^'))!;
    expect(/\^+/.exec(line)?.[0]).toBe('^^^^');
  });

  it('says how much is shown, and how to see more', () => {
    const files = [judgedFile('a.ts', 'let a;', []), judgedFile('b.ts', 'let b;', [])];
    const report = reportOf(files);
    const text = textReport({ ...report, riskiest: report.riskiest.slice(0, 1) });
    expect(text).toContain('1 of 2 regions shown.');
    expect(text).not.toContain('b.ts:');
  });

  it.each([
    ['no file', [], 'There is no code to judge.'],
    [
      'a file without code',
      [{ ...judgedFile('a.ts', '// so', []), assessments: [] }],
      'There is no code to judge in 1 file: comments, layout and deleted lines are none.',
    ],
    [
      'a file left out',
      [{ path: 'a', language: null, skipped: 'binary' as const }],
      'Nothing was judged: the only file was left out.',
    ],
    [
      'files that failed',
      ['a', 'b'].map((path) => ({ path, language: null, skipped: 'not parsed' as const })),
      'Nothing was judged: all 2 files were left out.',
    ],
  ])('says plainly that there was nothing to judge: %s', (_, files, words) => {
    const text = textReport(reportOf(files));
    expect(text.trimEnd().split('\n').at(-1)).toBe(words);
    expect(text).not.toContain('shown');
  });

  it('says what the engine said of files that it failed on', () => {
    const files = ['a', 'b'].map((path) => ({
      path,
      language: null,
      skipped: 'not scored' as const,
      detail: 'It\u0007 broke.',
    }));
    expect(textReport(reportOf(files))).toContain(
      '\nThe engine failed on 2 files: It\uFFFD broke.\nLeft out: 2 not scored.\n',
    );
  });

  it('sets parts apart by the style it is given, and by nothing else', () => {
    const style = {
      strong: (text: string) => `<b>${text}</b>`,
      faint: (text: string) => `<i>${text}</i>`,
      mark: (text: string) => `<m>${text}</m>`,
    };
    const report = reportOf([judgedFile('a.ts', 'let odd;', [{ words: 'odd' }])]);
    expect(textReport(report, style)).toContain('<m>^^^</m>');
    expect(textReport(report, style).replaceAll(/<\/?[bim]>/g, '')).toBe(textReport(report));
  });
});
