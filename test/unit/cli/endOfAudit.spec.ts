import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../src/audit/report.ts';
import { endOfAudit } from '../../../src/cli/endOfAudit.ts';
import type { Gates } from '../../../src/cli/gates.ts';
import { SOUND_60 } from '../../support/someCalibration.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';

const NONE: Gates = { leastChance: null, failsOnDoubt: false };
const UNDER: Gates = { leastChance: 0.8, failsOnDoubt: false };

function judged(path: string, p: number): FileReport {
  const file = judgedFile(path, 'let a;\n', []);
  const basis = { target: SOUND_60, authors: 'ai', riskModel: '', prior: '', outcomeCount: 1, commitCount: 1 } as const;
  const judgement = { p, low: 0, high: 1, basis };
  return { ...file, assessments: file.assessments.map((one) => ({ ...one, judgement, band: 'check' as const })) };
}

const skipped = (path: string, why: 'not scored' | 'not parsed' | 'out of time' | 'binary'): FileReport => ({
  path,
  language: null,
  skipped: why,
  ...(why === 'not scored' && { detail: 'It broke.' }),
});

describe('endOfAudit', () => {
  it.each([
    ['all was judged', NONE, [judged('a.ts', 0.5)], 0],
    ['there was nothing to judge', NONE, [], 0],
    ['files were left out for what they are', NONE, [skipped('a.bin', 'binary')], 0],
    ['the time ran out that a person gave', NONE, [judged('a.ts', 0.5), skipped('b.ts', 'out of time')], 0],
    ['the engine failed on a file', NONE, [judged('a.ts', 0.5), skipped('b.ts', 'not scored')], 3],
    ['the parser failed on the only file', NONE, [skipped('b.ts', 'not parsed')], 3],
    [
      'a gate is met by all that was judged, and a file failed',
      UNDER,
      [judged('a.ts', 0.9), skipped('b.ts', 'not parsed')],
      3,
    ],
    ['a gate is not met', UNDER, [judged('a.ts', 0.5)], 1],
    // Whatever the file would have added, the gate stays unmet.
    ['a gate is not met, and a file failed', UNDER, [judged('a.ts', 0.5), skipped('b.ts', 'not parsed')], 1],
  ])('where %s', (_, gates, files, code) => {
    expect(endOfAudit(gates, reportOf(files)).code).toBe(code);
  });

  it('says what is not met, what failed and where first, and what to do next', () => {
    const files = [
      judged('a.ts', 0.5),
      skipped('b.bin', 'binary'),
      skipped('c.ts', 'not parsed'),
      skipped('d.ts', 'not scored'),
    ];
    const { said } = endOfAudit(UNDER, reportOf(files));
    expect(said).toEqual([
      expect.stringMatching(/^--fail-under=0\.8 is not met: 1 of 1 judged regions/),
      'Of 4 files 2 failed (1 not scored, 1 not parsed), first c.ts. Run the same command again, or leave out what fails each ' +
        'time (--exclude=PATTERN, .candorignore).',
    ]);
    expect(endOfAudit(NONE, reportOf([judged('a.ts', 0.5), skipped('b.bin', 'binary')])).said).toEqual([]);
  });

  it('counts a file that the engine failed on and a scout judged', () => {
    const report = reportOf([judged('a.ts', 0.5)]);
    const { code, said } = endOfAudit(NONE, { ...report, summary: { ...report.summary, failures: { broken: 1 } } });
    expect(code).toBe(3);
    expect(said[0]).toMatch(/^Of 1 file 1 failed \(1 judged by another engine alone\)\. /);
  });
});
