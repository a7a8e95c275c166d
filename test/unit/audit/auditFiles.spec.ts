import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Assessor } from '../../../src/assess/assessText.ts';
import { auditFiles as auditStored } from '../../../src/audit/auditFiles.ts';
import type { AuditRequest } from '../../../src/audit/auditRequest.ts';
import type { ReadingEstimate } from '../../../src/audit/readingEstimate.ts';
import type { TextRange } from '../../../src/engines/engine.ts';
import { memoryStore } from '../../../src/audit/memoryStore.ts';
import { isJudged } from '../../../src/audit/report.ts';
import { CandorError } from '../../../src/core/candorError.ts';
import { breaksOn, inProcessParser } from '../../support/inProcessParser.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const FILES = {
  'a.ts': 'export function calm() {\n  return one + two + three;\n}\n',
  'b.py': 'def odd(): return odder + one + two + three\n',
  'c.go': 'package c\n\nfunc fine() int { return one }\n',
};

/** Words that begin with `odd` are surprising, the longer the more. */
const engine = scriptedEngine({
  logprobNats: (token) => (token.startsWith('odd') ? -token.length : -0.1),
  alternatives: () => [{ text: 'even', logprobNats: -0.5 }],
});
const assessor: Assessor = { engine, parser: inProcessParser, salt: 's' };

function failingEngine(fails: (text: string) => boolean): Assessor['engine'] {
  const score: Assessor['engine']['score'] = (asked) =>
    fails(asked.text) ? Promise.reject(new CandorError('engine-failed', 'broken')) : engine.score(asked);
  return { ...engine, score };
}

function request(root: string, change: Partial<AuditRequest> = {}): AuditRequest {
  return {
    root,
    files: [
      { path: 'a.ts', language: 'typescript' },
      { path: 'b.py', language: 'python' },
      { path: 'c.go', language: 'go' },
    ],
    top: 1,
    store: memoryStore(),
    maker: 'test',
    onProgress: () => undefined,
    ...change,
  };
}

/** With its files as a list. */
async function auditFiles(...asked: Parameters<typeof auditStored>) {
  const report = await auditStored(...asked);
  return { ...report, files: [...report.files] };
}

describe('auditFiles', () => {
  it('judges every file in order, and puts the riskiest region of all first', async () => {
    const { files, riskiest, source, orderedBy } = await auditFiles(
      assessor,
      request(temporaryFolder(FILES), { top: 2 }),
    );
    expect(files.map((file) => [file.path, file.language])).toEqual([
      ['a.ts', 'TypeScript'],
      ['b.py', 'Python'],
      ['c.go', 'Go'],
    ]);
    expect(riskiest).toHaveLength(2);
    expect(riskiest[0]).toMatchObject({ file: { path: 'b.py' }, assessment: { region: { name: 'odd' } } });
    expect(source.engine).toBe('scripted');
    for (const { assessment } of riskiest)
      expect(Object.keys(assessment.evidence.signals)).toContain(orderedBy.regions);
    const [first, second] = riskiest.map(({ assessment }) => assessment.evidence.signals[orderedBy.regions]!);
    expect(first).toBeLessThan(second!);
  });

  it('explains the riskiest regions, in the list and in their files alike', async () => {
    const { files, riskiest } = await auditFiles(assessor, request(temporaryFolder(FILES)));
    const [top] = riskiest;
    expect(top!.assessment.spans[0]!.alternatives).toEqual([{ text: 'even', logprobNats: -0.5 }]);
    const inFile = files
      .filter(isJudged)
      .flatMap((file) => file.assessments)
      .filter((one) => one.id === top!.assessment.id);
    expect(inFile).toEqual([top!.assessment]);
    const others = files
      .filter(isJudged)
      .flatMap((file) => file.assessments)
      .filter((one) => one.id !== top!.assessment.id);
    expect(others.length).toBeGreaterThan(0);
    for (const { spans } of others) for (const span of spans) expect(span.alternatives).toEqual([]);
  });

  it('explains none when none is asked for', async () => {
    expect((await auditFiles(assessor, request(temporaryFolder(FILES), { top: 0 }))).riskiest).toEqual([]);
  });

  it('reports a file that is gone, or no text, and goes on', async () => {
    const root = temporaryFolder({ ...FILES, 'c.go': '\0\0\0' });
    rmSync(join(root, 'a.ts'));
    const { files, riskiest } = await auditFiles(assessor, request(root));
    expect(files[0]).toEqual({ path: 'a.ts', language: 'TypeScript', skipped: 'not readable' });
    expect(files[2]).toEqual({ path: 'c.go', language: 'Go', skipped: 'binary' });
    expect(riskiest[0]?.file.path).toBe('b.py');
  });

  it('reports a file that breaks the parser, and goes on', async () => {
    const { files } = await auditFiles(
      { ...assessor, parser: breaksOn('odder', ['spans']) },
      request(temporaryFolder(FILES)),
    );
    expect(files.map((file) => ('skipped' in file ? file.skipped : 'judged'))).toEqual([
      'judged',
      'not parsed',
      'judged',
    ]);
  });

  it('reports a file that breaks the engine, and goes on', async () => {
    const breaking = failingEngine((text) => text.includes('odder'));
    const { files } = await auditFiles({ ...assessor, engine: breaking }, request(temporaryFolder(FILES)));
    expect(files.map((file) => ('skipped' in file ? file.skipped : 'judged'))).toEqual([
      'judged',
      'not scored',
      'judged',
    ]);
  });

  it('fails with the reason of the engine when it breaks on every file', async () => {
    const lost = auditFiles({ ...assessor, engine: failingEngine(() => true) }, request(temporaryFolder(FILES)));
    await expect(lost).rejects.toThrow('broken');
  });

  it('asks an engine that has broken down for ten files, not for a hundred', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `${at}.py`);
    let asked = 0;
    const engine = failingEngine(() => ++asked > 1);
    const root = temporaryFolder(Object.fromEntries(names.map((name) => [name, 'a = 1\n'])));
    const files = names.map((path) => ({ path, language: 'python' as const }));
    await expect(auditFiles({ ...assessor, engine }, request(root, { files }))).rejects.toThrow('broken');
    expect(asked).toBeLessThan(20);
  });

  it('keeps the report when the parser breaks while a region is explained', async () => {
    const parser = breaksOn('odder', ['keepsParsing']);
    const { files, riskiest } = await auditFiles({ ...assessor, parser }, request(temporaryFolder(FILES), { top: 9 }));
    expect(files.every(isJudged)).toBe(true);
    const byName = new Map(riskiest.map(({ assessment }) => [assessment.region.name, assessment]));
    expect(byName.get('odd')!.spans[0]).toMatchObject({ alternatives: [] });
    expect(riskiest).toHaveLength(files.filter(isJudged).flatMap((file) => file.assessments).length);
  });

  it('lets what was found stand when a file changes before it is explained', async () => {
    const root = temporaryFolder(FILES);
    const onProgress = (activity: string, done: number, total: number): void => {
      if (activity === 'judging' && done === total) writeFiles(root, { 'b.py': 'def other(): return nothing\n' });
    };
    const { riskiest } = await auditFiles(assessor, request(root, { onProgress }));
    const { file } = riskiest[0]!;
    expect(riskiest[0]!.assessment.region.name).toBe('odd');
    expect(riskiest[0]!.assessment.spans[0]!.alternatives).toEqual([]);
    // There is nothing to quote any more.
    expect(file.lines.text).toBe('');
  });

  it('lets what was found stand when a file is gone before it is explained', async () => {
    const root = temporaryFolder(FILES);
    const onProgress = (activity: string, done: number, total: number): void => {
      if (activity === 'judging' && done === total) rmSync(join(root, 'b.py'));
    };
    const { riskiest, files } = await auditFiles(assessor, request(root, { onProgress }));
    expect(riskiest[0]!.assessment.region.name).toBe('odd');
    expect(files.every(isJudged)).toBe(true);
  });

  it('fails as a whole where Candor itself is damaged', async () => {
    const parser = { ...inProcessParser, spans: () => Promise.reject(new CandorError('corrupt', 'no grammar')) };
    await expect(auditFiles({ ...assessor, parser }, request(temporaryFolder(FILES)))).rejects.toThrow('no grammar');
  });

  it('judges the lines that changed alone, and explains them', async () => {
    const root = temporaryFolder({
      'a.ts': 'export function f() {\n  odder();\n  return one + odd;\n}\nodd + two;\n',
      'b.ts': 'odd();\n',
      'c.ts': '// odd\nodd();\n',
    });
    const files = [
      { path: 'a.ts', changedLines: [{ firstLine: 2, endLine: 3 }] },
      { path: 'b.ts', changedLines: [{ firstLine: 0, endLine: Number.MAX_SAFE_INTEGER }] },
      { path: 'c.ts', changedLines: [{ firstLine: 0, endLine: 1 }] },
    ].map((file) => ({ ...file, language: 'typescript' as const }));
    const report = await auditFiles(assessor, request(root, { files, top: 9 }));
    expect(report.files.filter(isJudged).map((file) => file.assessments.map(({ region }) => region))).toMatchObject([
      [{ origin: 'diff', name: 'f', start: 35, end: 52 }],
      [{ origin: 'diff', start: 0, end: 6 }],
      [],
    ]);
    expect(report.riskiest).toHaveLength(2);
    for (const { assessment } of report.riskiest) {
      expect(assessment.spans.map((span) => span.alternatives.length)).toEqual([1]);
    }
  });

  it('judges and explains unsaved texts in place of what the disk holds', async () => {
    const root = temporaryFolder(FILES);
    rmSync(join(root, 'c.go'));
    const openTexts = new Map([
      ['b.py', 'def unsaved(): return oddest + one\n'],
      ['c.go', ' '],
      ['other.py', 'odd\n'],
    ]);
    const { files, riskiest } = await auditFiles(assessor, request(root, { openTexts }));
    expect(files[2]).toMatchObject({ path: 'c.go', skipped: 'empty' });
    expect(files).toHaveLength(3);
    const [top] = riskiest;
    expect(top).toMatchObject({ file: { path: 'b.py' }, assessment: { region: { name: 'unsaved', origin: 'file' } } });
    expect(top!.file.lines.text).toBe(openTexts.get('b.py'));
    expect(top!.assessment.spans[0]!.alternatives).toHaveLength(1);
  });

  it('judges the changed lines of an unsaved text, and what was typed since', async () => {
    const root = temporaryFolder({ 'a.py': 'a = one\nb = two\nc = three\nd = four\n' });
    const openTexts = new Map([['a.py', 'new = 1\na = one\nb = two\nc = three\nd = four\n']]);
    const changedLines = [{ firstLine: 2, endLine: 3 }];
    const files = [{ path: 'a.py', language: 'python' as const, changedLines }];
    const judged = async (change: Partial<AuditRequest>): Promise<readonly string[]> => {
      const report = await auditFiles(assessor, request(root, { files, ...change }));
      return report.files
        .filter(isJudged)
        .flatMap(({ lines, assessments }) =>
          assessments.map(({ region }) => lines.text.slice(region.start, region.end)),
        );
    };
    expect(await judged({})).toEqual(['c = three']);
    expect(await judged({ openTexts })).toEqual(['new = 1', 'c = three']);
    rmSync(join(root, 'a.py'));
    expect(await judged({ openTexts })).toEqual([openTexts.get('a.py')!.trim()]);
  });

  it('tells how far it has come', async () => {
    const steps: string[] = [];
    const onProgress = (activity: string, done: number, total: number): number =>
      steps.push(`${activity} ${done}/${total}`);
    await auditFiles(assessor, request(temporaryFolder(FILES), { onProgress }));
    expect(steps).toEqual(['judging 1/3', 'judging 2/3', 'judging 3/3', 'explaining 0/1', 'explaining 1/1']);
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const reason = new Error('enough');
    await expect(
      auditFiles(assessor, request(temporaryFolder(FILES), { abortSignal: AbortSignal.abort(reason) })),
    ).rejects.toBe(reason);
  });

  it('judges no files at all', async () => {
    expect(await auditFiles(assessor, request(temporaryFolder(), { files: [] }))).toMatchObject({
      files: [],
      riskiest: [],
    });
  });
});

describe('auditFiles with a scout', () => {
  /** 40 files of two functions: `calm`, and `oddN`, which is the more surprising to the scout the greater N is. */
  const MANY = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => {
      const body = '  return one + two + three;\n'.repeat(20);
      return [`f${10 + index}.ts`, `function calm() {\n${body}}\nfunction odd${'d'.repeat(index)}() {\n${body}}\n`];
    }),
  );
  const files = Object.keys(MANY).map((path) => ({ path, language: 'typescript' as const }));
  const reader = scriptedEngine({ name: 'reader', logprobNats: (token) => (token === 'calm' ? -20 : -2) });
  const scouted = (engine: Assessor['engine'] = reader): Assessor => ({
    ...assessor,
    engine,
    scout: {
      engine: scriptedEngine({
        name: 'scout',
        logprobNats: (token) => (token.startsWith('odd') ? -token.length : -0.1),
      }),
      share: 0.1,
    },
  });

  it('lets the engine read what is riskiest by the scout, and puts that first', async () => {
    const asked: { readonly text: string; readonly within: readonly TextRange[] | undefined }[] = [];
    const score: Assessor['engine']['score'] = (of) => {
      asked.push({ text: of.text, within: of.within });
      return reader.score(of);
    };
    const report = await auditFiles(scouted({ ...reader, score }), request(temporaryFolder(MANY), { files, top: 40 }));
    const assessments = report.files.filter(isJudged).flatMap((file) => file.assessments);
    const read = assessments.filter(({ source }) => source.engine === 'reader');
    const looked = assessments.filter(({ source }) => source.engine === 'scout');
    expect(assessments).toHaveLength(80);
    expect(read.length + looked.length).toBe(80);
    const tokens = read.reduce((sum, { evidence }) => sum + evidence.signals.tokenCount!, 0);
    expect(tokens).toBeGreaterThanOrEqual(4000);
    expect(tokens).toBeLessThan(4000 + 400);
    const names = read.map(({ region }) => region.name!);
    expect(names).toEqual(names.filter((name) => name.startsWith('odd')));
    expect(Math.min(...names.map((name) => name.length))).toBe(
      Math.max(...names.map((name) => name.length)) - read.length + 1,
    );
    expect(report.source.engine).toBe('reader');
    const order = report.riskiest.map(({ assessment }) => assessment.source.engine);
    expect(order.slice(0, read.length)).toEqual(read.map(() => 'reader'));
    expect(order.slice(read.length)).not.toContain('reader');
    for (const { text, within } of asked) {
      expect(within?.map(({ start, end }) => text.slice(start, end).split('(')[0])).toEqual([
        expect.stringMatching(/^function odd/),
      ]);
    }
  });

  it('reads everything where there is little, in one piece a file', async () => {
    const asked: unknown[] = [];
    const score: Assessor['engine']['score'] = (of) => {
      asked.push(of.within);
      return reader.score(of);
    };
    const report = await auditFiles(scouted({ ...reader, score }), request(temporaryFolder(FILES), { top: 0 }));
    const engines = report.files
      .filter(isJudged)
      .flatMap((file) => file.assessments.map(({ source }) => source.engine));
    expect(new Set(engines)).toEqual(new Set(['reader']));
    expect(asked).toEqual([undefined, undefined, undefined]);
  });

  it('tells once how long the reading will take, and how far it has come', async () => {
    const estimates: ReadingEstimate[] = [];
    const steps: (readonly [number, number])[] = [];
    const report = await auditFiles(
      scouted(),
      request(temporaryFolder(MANY), {
        files,
        top: 0,
        onEstimate: (estimate) => estimates.push(estimate),
        onProgress: (activity, done, total) => activity === 'reading' && steps.push([done, total]),
      }),
    );
    const read = report.files
      .filter(isJudged)
      .flatMap((file) => file.assessments.filter(({ source }) => source.engine === 'reader'));
    const tokens = read.reduce((sum, { evidence }) => sum + evidence.signals.tokenCount!, 0);
    expect(estimates).toEqual([{ tokens, tokensPerSecond: expect.any(Number) as number }]);
    expect(estimates[0]!.tokensPerSecond).toBeGreaterThan(0);
    expect(steps.at(-1)).toEqual([tokens, tokens]);
    expect(steps.map(([done]) => done)).toEqual(steps.map(([done]) => done).sort((a, b) => a - b));
  });

  it('lets the scout stand where the engine fails on a file, and fails where it fails on all', async () => {
    const failing = (fails: (text: string) => boolean): Assessor => {
      const score: Assessor['engine']['score'] = (of) =>
        fails(of.text) ? Promise.reject(new CandorError('engine-failed', 'broken')) : reader.score(of);
      return scouted({ ...reader, score });
    };
    const { files: judged, summary } = await auditFiles(
      failing((text) => text.includes('odder')),
      request(temporaryFolder(FILES), { top: 9 }),
    );
    expect(judged.filter(isJudged).map(({ assessments }) => assessments[0]!.source.engine)).toEqual([
      'reader',
      'scout',
      'reader',
    ]);
    expect(summary).toMatchObject({ judgedFiles: 3, skipped: {}, failures: { broken: 1 } });
    await expect(
      auditFiles(
        failing(() => true),
        request(temporaryFolder(FILES)),
      ),
    ).rejects.toThrow('broken');
  });

  it('explains a region by whom it was judged', async () => {
    const report = await auditFiles(scouted(), request(temporaryFolder(MANY), { files, top: 80 }));
    for (const { assessment } of report.riskiest) {
      for (const { signals } of assessment.spans) {
        expect(signals.minimumLogprob).toBeLessThanOrEqual(assessment.source.engine === 'reader' ? -2 : -0.1);
      }
      expect(assessment.unscored).toBeUndefined();
    }
  });
});
