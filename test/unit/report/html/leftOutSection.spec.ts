import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../../src/audit/report.ts';
import { leftOutSection } from '../../../../src/report/html/leftOutSection.ts';
import { reportRegions } from '../../../../src/report/html/reportRegions.ts';
import { judgedFile, reportOf } from '../../../support/someReport.ts';
import { wordsOfPage } from '../../../support/wordsOfPage.ts';

function wordsOf(files: readonly FileReport[], change: Parameters<typeof reportOf>[1] = {}): string {
  const report = reportOf(files, change);
  return wordsOfPage(leftOutSection(report, reportRegions(report)).markup);
}

const skipped = (path: string, why: 'binary' | 'not scored' | 'not parsed', detail?: string): FileReport => ({
  path,
  language: null,
  skipped: why,
  ...(detail !== undefined && { detail }),
});

describe('leftOutSection', () => {
  it('says of files that failed what the engine said, in the sum and beside each', () => {
    const words = wordsOf([
      skipped('a', 'not scored', 'It broke.'),
      skipped('b', 'not parsed'),
      skipped('c', 'not scored', 'It broke.'),
    ]);
    expect(words).toContain('2 files: not scored. 1 file: not parsed. The engine failed on 2 files: It broke.');
    expect(words).toContain('file why a not scored: It broke. b not parsed c not scored: It broke.');
  });

  it('says of a file that a scout alone judged that the engine failed on it', () => {
    const report = reportOf([judgedFile('a.ts', 'let a;', [])]);
    const words = wordsOf([judgedFile('a.ts', 'let a;', [])], {
      summary: { ...report.summary, failures: { 'It broke.': 1 } },
    });
    expect(words).toContain('The engine failed on 1 file: It broke.');
    expect(words).not.toContain('Files that were not judged');
  });

  it('shows a hundred files, those that failed first, and says how many more there are', () => {
    const binaries = Array.from({ length: 150 }, (_, index) => skipped(`b${index}`, 'binary'));
    const words = wordsOf([...binaries, skipped('z', 'not parsed')]);
    expect(words).toContain('150 files: binary. 1 file: not parsed.');
    expect(words).toMatch(
      /file why z not parsed b0 binary .* b98 binary 51 more files; --format=json lists all of them/,
    );
  });
});
