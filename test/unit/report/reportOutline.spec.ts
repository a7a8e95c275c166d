import { describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../../src/audit/report.ts';
import { fileOutline, reportOutline } from '../../../src/report/reportOutline.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';
import { SILENCE, silencedFile } from '../../support/silencedFile.ts';

/** A file of regions that each have a least likely token of so many bits; null: nothing was scored. */
function fileOfBits(path: string, ...bits: readonly (number | null)[]): JudgedFile {
  const file = judgedFile(path, 'let a;\nlet b;\n', []);
  const [assessment] = file.assessments;
  return {
    ...file,
    assessments: bits.map((one, index) => ({
      ...assessment!,
      region: { id: `${index}`, origin: 'file', start: 7 * index, end: 7 * index + 6 },
      evidence: {
        version: 2,
        features: {},
        levels: {},
        signals: one === null ? {} : { minimumLogprob: -one * Math.LN2 },
      },
    })),
  };
}

const excerptOf = (text: string): string | undefined =>
  fileOutline(judgedFile('a.ts', text, [{ words: text }]), 'test').regions[0]?.spans[0]?.excerpt;

describe('reportOutline', () => {
  it('has what comments keep quiet under its region, a quiet region itself where nothing in it would be named', () => {
    const quietOf = (file: JudgedFile) => fileOutline(file, 'test').regions[0]!.quiet;
    const { reason } = SILENCE;
    expect(quietOf(silencedFile('a.ts'))).toEqual([
      { start: { line: 1, character: 4 }, end: { line: 1, character: 7 }, excerpt: 'odd', reason },
      { start: { line: 1, character: 10 }, end: { line: 1, character: 15 }, excerpt: 'other', reason },
    ]);
    expect(quietOf(silencedFile('a.ts', { silenced: [], silence: SILENCE }))).toMatchObject([
      { start: { line: 0, character: 0 }, reason },
    ]);
    expect(quietOf(judgedFile('b.ts', 'let b;', []))).toEqual([]);
  });

  it('puts files in order of their riskiest region, and what was skipped last', () => {
    const files = [
      fileOfBits('none.ts'),
      { path: 'z.bin', language: null, skipped: 'binary' as const },
      fileOfBits('unscored.ts', null),
      fileOfBits('low.ts', 1, 2),
      { path: 'e.ts', language: 'TypeScript', skipped: 'empty' as const },
      fileOfBits('high.ts', 3, 9),
      fileOfBits('also-low.ts', 2),
    ];
    const outline = reportOutline(reportOf(files, { otherFileCount: 3 }));
    expect(outline.files.map((file) => file.path)).toEqual([
      'high.ts',
      'also-low.ts',
      'low.ts',
      'unscored.ts',
      'none.ts',
      'e.ts',
      'z.bin',
    ]);
    expect(outline.files.at(-1)).toEqual({ path: 'z.bin', language: null, skipped: 'binary' });
    expect(outline).toMatchObject({ otherFileCount: 3, learnedTokenCount: 1234 });
  });

  it('leaves the report as it is', () => {
    const files = [fileOfBits('a.ts', 1, 2)];
    const before = structuredClone(files);
    reportOutline(reportOf(files));
    expect(files).toEqual(before);
  });
});

describe('fileOutline', () => {
  it('puts regions in order of their least likely token', () => {
    const { regions } = fileOutline(fileOfBits('a.ts', 1, null, 4.5, 0), 'test');
    expect(regions.map(({ id }) => id)).toEqual(['2', '0', '3', '1']);
    expect(regions.map(({ peakBits }) => peakBits?.toFixed(1))).toEqual(['4.5', '1.0', '0.0', undefined]);
    expect(regions[3]?.peakBits).toBeNull();
  });

  it('says where regions and spans are', () => {
    const file = judgedFile('a.ts', 'let first;\nlet second = 2;\n', [{ words: 'second' }], 'both');
    expect(fileOutline(file, 'test')).toEqual({
      path: 'a.ts',
      language: 'TypeScript',
      regions: [
        {
          id: 'f.1',
          name: 'both',
          start: { line: 0, character: 0 },
          end: { line: 2, character: 0 },
          engine: 'test',
          judged: null,
          troublePerToken: null,
          peakBits: 3,
          spans: [
            {
              start: { line: 1, character: 4 },
              end: { line: 1, character: 10 },
              excerpt: 'second',
              type: 'identifier',
              category: 'identifiers',
              share: 0.25,
              peakBits: null,
            },
          ],
          quiet: [],
        },
      ],
    });
  });

  it.each([
    ['a  +\r\n\t b ', 'a + b'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(59)}…`],
    [`${'x'.repeat(58)}😀y`, `${'x'.repeat(58)}…`],
    ['a\u202Eb', 'a\uFFFDb'],
  ])('shows %j as %j', (text, expected) => {
    expect(excerptOf(text)).toBe(expected);
  });
});
