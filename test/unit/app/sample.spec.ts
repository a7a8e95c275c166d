import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditWorkspace } from '../../../src/app/auditWorkspace.ts';
import { findCode } from '../../../src/app/findCode.ts';
import { createWorkspaceLearner } from '../../../src/app/workspaceLearner.ts';
import { judgedFiles, type Report } from '../../../src/audit/report.ts';
import { positionAt } from '../../../src/core/lineIndex.ts';
import { NgramEngine } from '../../../src/engines/ngram/ngramEngine.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { sampleFolder, sampleTexts, tokenizer } from '../../support/sampleWorkspace.ts';

/** A slip that was planted in the sample: what stands on a line, counted from 0, and what should. */
interface Slip {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly instead: string;
  readonly kind: string;
}

const SLIPS = JSON.parse(
  readFileSync(new URL('../../fixtures/sampleSlips.json', import.meta.url), 'utf8'),
) as readonly Slip[];

describe('the sample workspace', () => {
  it('has twelve slips in files of three languages', () => {
    expect(SLIPS).toHaveLength(12);
    expect(new Set(SLIPS.map(({ path }) => path.split('.').at(-1)))).toEqual(new Set(['ts', 'py', 'go']));
  });

  it.each(SLIPS)('has on line $line of $path: $text ($kind)', ({ path, line, text, instead }) => {
    const there = sampleTexts.get(path)!.split('\n')[line]!;
    expect(there).toContain(text);
    expect(instead).not.toBe(text);
  });
});

describe('an audit of the sample workspace', () => {
  let report: Report;
  beforeAll(async () => {
    const engine = new NgramEngine(tokenizer);
    const tools = {
      engine,
      learner: createWorkspaceLearner(engine),
      parser: inProcessParser,
      salt: 's',
      onProgress: () => undefined,
    };
    const code = await findCode(sampleFolder, [sampleFolder]);
    report = await auditWorkspace({ ...tools, workspace: sampleFolder, code, top: 0 });
  });

  /** Whether one of the spans of its region touches the slip's line. */
  function isTouched({ path, line }: Slip): boolean {
    const file = [...judgedFiles(report.files)].find((one) => one.path === path)!;
    const lineOf = (offset: number): number => positionAt(file.lines, offset).line;
    const region = file.assessments.find(({ region: { start, end } }) => lineOf(start) <= line && line <= lineOf(end));
    return region?.spans.some((span) => lineOf(span.start) <= line && line <= lineOf(span.end)) ?? false;
  }

  it('touches the lines of at least ten of the twelve slips with the five spans of their regions', () => {
    expect(SLIPS.filter(isTouched).length).toBeGreaterThanOrEqual(10);
  });

  it('marks little of the text: the touched lines are a choice', () => {
    let marked = 0;
    let all = 0;
    for (const file of [...judgedFiles(report.files)]) {
      const lines = new Set<number>();
      for (const span of file.assessments.flatMap((one) => one.spans)) {
        for (let line = positionAt(file.lines, span.start).line; line <= positionAt(file.lines, span.end).line; line++)
          lines.add(line);
      }
      marked += lines.size;
      all += file.lines.lineStarts.length;
    }
    expect(marked).toBeLessThan(0.5 * all);
  });
});
