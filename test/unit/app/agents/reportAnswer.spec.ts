import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../../../src/audit/report.ts';
import { reportAnswer } from '../../../../src/app/agents/reportAnswer.ts';
import { faultsOf } from '../../../support/schemas.ts';
import { judgedFile, reportOf } from '../../../support/someReport.ts';

const TEXT = 'let some = words;\n';
const FILES = ['a', 'b', 'c', 'd'].map((name) => judgedFile(`${name}.ts`, TEXT, [{ words: 'some' }]));
const skipped = (path: string): FileReport => ({ path, language: null, skipped: 'binary' });

interface Shape {
  readonly report: {
    readonly summary: { readonly files: number; readonly regions: number; readonly tokens: number };
    readonly files: readonly { readonly path: string; readonly skipped?: string }[];
  };
  readonly readFirst: readonly { readonly path: string; readonly region: string; readonly line: number }[];
  readonly leftOut: { readonly regions: number; readonly files: number };
}

describe('reportAnswer', () => {
  it('holds the riskiest regions, in the order in which to read them, and counts all', () => {
    const whole = reportOf(FILES);
    const riskiest = [whole.riskiest[2]!, whole.riskiest[0]!];
    const { report, readFirst, leftOut } = reportAnswer({ ...whole, riskiest }) as unknown as Shape;
    expect(faultsOf('audit', report)).toEqual([]);
    expect(report.files.map(({ path }) => path)).toEqual(['a.ts', 'c.ts']);
    expect(report.summary).toMatchObject({ files: 4, regions: 4, tokens: 48 });
    expect(readFirst).toEqual(['c.ts', 'a.ts'].map((path) => ({ path, region: 'f.1', line: 0 })));
    expect(leftOut).toEqual({ regions: 2, files: 2 });
  });

  it('says of an audit that had no time left how many files it judged, of those that are to be judged', () => {
    const files = [...FILES, skipped('s.ts'), { path: 'z.ts', language: null, skipped: 'out of time' as const }];
    expect(reportAnswer(reportOf(files), true)).toMatchObject({
      incomplete: {
        reason: 'out of time',
        judgedFiles: 4,
        of: 5,
        missing: expect.stringContaining('not judged') as string,
      },
      readFirst: [{}, {}, {}, {}],
    });
    expect(reportAnswer(reportOf(FILES), true)).toMatchObject({
      incomplete: { judgedFiles: 4, of: 4, missing: expect.stringContaining('in full') as string },
    });
    expect(reportAnswer(reportOf(FILES))).not.toHaveProperty('incomplete');
  });

  it('lists some of the files that were skipped', () => {
    const many = Array.from({ length: 25 }, (_, index) => skipped(`s${index}.ts`));
    const { report, leftOut } = reportAnswer(reportOf([...FILES, ...many], { riskiest: [] })) as unknown as Shape;
    expect(report.files).toHaveLength(20);
    expect(report.files[0]).toMatchObject({ path: 's0.ts', skipped: 'binary' });
    expect(report.summary.files).toBe(29);
    expect(leftOut).toEqual({ regions: 4, files: 9 });
  });

  it('leaves out the least risky regions of an answer that is too long', () => {
    const whole = reportOf(FILES);
    const length = JSON.stringify(reportAnswer(whole)).length;
    const shown = (most: number): readonly string[] =>
      (reportAnswer(whole, false, most) as unknown as Shape).readFirst.map(({ path }) => path);
    expect(shown(length)).toEqual(['a.ts', 'b.ts', 'c.ts', 'd.ts']);
    expect(shown(length - 1)).toEqual(['a.ts', 'b.ts']);
    expect(shown(0)).toEqual([]);
  });
});
