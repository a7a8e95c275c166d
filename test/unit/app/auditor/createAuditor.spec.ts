import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Auditor, FilesAudit, FilesToAudit, JudgedText, TextAudit } from '../../../../src/app/auditor/auditor.ts';
import type { Call } from '../../../../src/app/auditor/call.ts';
import { createAuditor } from '../../../../src/app/auditor/createAuditor.ts';
import { openKeptAudit, unkeptAudit, type KeptAudit } from '../../../../src/app/keptAudits/keptAudit.ts';
import { openTools, type Tools } from '../../../../src/app/openTools.ts';
import { CandorError } from '../../../../src/core/candorError.ts';
import { lineIndexOf, offsetAt } from '../../../../src/core/lineIndex.ts';
import type { ReportOutline } from '../../../../src/report/reportOutline.ts';
import { commitAll, git } from '../../../support/gitRepository.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { sampleFolder, sampleTexts } from '../../../support/sampleWorkspace.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { temporaryFolder, writeFiles, type Files } from '../../../support/temporaryFolder.ts';
import { bareSetup, sampleSetup, someCall, textAudit } from './someCalls.ts';

const auditors: Auditor[] = [];

/** An auditor whose parser is in this thread. */
function start(
  change: (tools: Tools) => Tools = (tools) => tools,
  keptAudit: (workspace: string) => Promise<KeptAudit> = () => Promise.resolve(unkeptAudit()),
): Auditor {
  const auditor = createAuditor(
    sourceAssets,
    () => Promise.resolve('s'),
    async (choice, onProgress, signal) =>
      change({ ...(await openTools(choice, sourceAssets, onProgress, signal)), parser: inProcessParser }),
    keptAudit,
  );
  auditors.push(auditor);
  return auditor;
}

afterEach(async () => {
  await Promise.all(auditors.splice(0).map((auditor) => auditor.close()));
});

const PATH = 'web/validators.ts';
const TEXT = sampleTexts.get(PATH)!;

async function judge(auditor: Auditor, request: TextAudit): Promise<JudgedText> {
  const report = await auditor.auditText(request, someCall());
  if (report.kind === 'skipped') throw new Error(report.reason);
  return report;
}

/** What a report says, but for the identities of the judging. */
function saidBy(report: JudgedText): unknown {
  return { ...report, assessments: report.assessments.map((one) => ({ ...one, id: '' })) };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('open', () => {
  it('says what the engine is', async () => {
    expect(await start().open({ engine: 'ngram' }, someCall())).toMatchObject({
      source: { engine: 'ngram' },
      device: 'cpu',
    });
  });

  it('rejects with the reason of a signal', async () => {
    const reason = new Error('enough');
    await expect(start().open({ engine: 'ngram' }, someCall({ abortSignal: AbortSignal.abort(reason) }))).rejects.toBe(
      reason,
    );
  });
});

describe('auditText', () => {
  it('judges a text by what is usual in its workspace', async () => {
    const auditor = start();
    const progress: unknown[] = [];
    const report = await auditor.auditText(
      textAudit(PATH, TEXT),
      someCall({ onProgress: (...step) => progress.push(step) }),
    );
    if (report.kind === 'skipped') throw new Error(report.reason);
    expect(progress.at(-1)).toEqual(['learning', sampleTexts.size, sampleTexts.size]);
    expect(report.learnedTokenCount).toBeGreaterThan(1000);
    expect(report.tokenCount).toBeGreaterThan(100);
    expect(report.source.snapshot).toBeDefined();
    expect(report.assessments.length).toBeGreaterThan(3);
    expect(report.assessments.every((one) => one.region.origin === 'file')).toBe(true);
    const starts = report.assessments.map((one) => one.region.start);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(plain(report)).toEqual(report);
  });

  it('learns nothing where no folder is open, and forgets what it had learned', async () => {
    const auditor = start();
    await judge(auditor, textAudit(PATH, TEXT));
    const after = await judge(auditor, textAudit(PATH, TEXT, { setup: bareSetup }));
    expect(after.learnedTokenCount).toBe(0);
    expect(saidBy(after)).toEqual(saidBy(await judge(start(), textAudit(PATH, TEXT, { setup: bareSetup }))));
  });

  it('says the same for a setup whatever setup came before', async () => {
    const other = temporaryFolder({ 'a.ts': TEXT.replaceAll('===', '!==') });
    const setup = { ...sampleSetup, workspace: other, folders: [other] };
    const auditor = start();
    const first = await judge(auditor, textAudit(PATH, TEXT));
    const second = await judge(auditor, textAudit(PATH, TEXT, { setup }));
    expect(second.source.snapshot).not.toBe(first.source.snapshot);
    expect(saidBy(second)).toEqual(saidBy(await judge(start(), textAudit(PATH, TEXT, { setup }))));
    expect(saidBy(await judge(auditor, textAudit(PATH, TEXT)))).toEqual(saidBy(first));
  });

  it('looks at the workspace again when it is told that it changed', async () => {
    const workspace = temporaryFolder({ 'a.ts': 'let a = 1;\n' });
    const setup = { ...sampleSetup, workspace, folders: [workspace] };
    const auditor = start();
    const request = textAudit('b.ts', 'let b = 2;\n', { setup });
    const before = await judge(auditor, request);
    writeFiles(workspace, { 'c.ts': 'let c = 3;\n' });
    expect((await judge(auditor, request)).source).toEqual(before.source);
    auditor.workspaceChanged();
    expect((await judge(auditor, request)).learnedTokenCount).toBeGreaterThan(before.learnedTokenCount);
  });

  it('judges parts of a text, with the whole as their context', async () => {
    const auditor = start();
    const whole = await judge(auditor, textAudit(PATH, TEXT));
    const { region } = whole.assessments[2]!;
    const within = { origin: 'inserted' as const, ranges: [{ start: region.start, end: region.end }] };
    const part = await judge(auditor, textAudit(PATH, TEXT, { within }));
    expect(part.assessments).toHaveLength(1);
    expect(part.assessments[0]!.region).toMatchObject({ origin: 'inserted', start: region.start, end: region.end });
    expect(part.assessments[0]!.evidence).toEqual(whole.assessments[2]!.evidence);
  });

  it.each([
    ['empty', ' \n'],
    ['over 1 MB', 'let a = 1;\n'.repeat(100_000)],
    ['minified', `let a = [${'1,'.repeat(20_000)}];`],
  ])('skips a text that is %s, and holds none of its document', async (reason, text) => {
    const auditor = start();
    const before = await judge(auditor, textAudit(PATH, TEXT));
    expect(await auditor.auditText(textAudit(PATH, text), someCall())).toEqual({ kind: 'skipped', reason });
    expect(await auditor.explain(textAudit(PATH, TEXT).document, before.assessments[0]!, someCall())).toBeNull();
  });

  it('judges the lines of the parts of a text that is too long', async () => {
    const filler = '// nothing\n'.repeat(100_000);
    const text = `${filler}${TEXT}${filler}`;
    const start_ = text.indexOf(TEXT);
    const within = { origin: 'inserted' as const, ranges: [{ start: start_, end: start_ + TEXT.length }] };
    const auditor = start();
    const report = await judge(auditor, textAudit(PATH, text, { within, setup: bareSetup }));
    const alone = await judge(
      start(),
      textAudit(PATH, TEXT, {
        within: { origin: 'inserted', ranges: [{ start: 0, end: TEXT.length }] },
        setup: bareSetup,
      }),
    );
    const textsIn = (all: string, { assessments }: JudgedText): unknown =>
      assessments.map(({ region, spans }) => [
        region.id,
        all.slice(region.start, region.end),
        spans.map((span) => all.slice(span.start, span.end)),
      ]);
    expect(textsIn(text, report)).toEqual(textsIn(TEXT, alone));
    const explained = await auditor.explain(textAudit(PATH, '').document, report.assessments[1]!, someCall());
    expect(explained?.region).toEqual(report.assessments[1]!.region);
    expect(explained?.spans.map(({ start, end }) => [start, end])).toEqual(
      report.assessments[1]!.spans.map(({ start, end }) => [start, end]),
    );
  });

  it('stops in the middle of learning, and the next call goes on from there', async () => {
    const auditor = start();
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = (_: string, done: number): void => {
      if (done === 2) controller.abort(reason);
    };
    await expect(auditor.auditText(textAudit(PATH, TEXT), { onProgress, abortSignal: controller.signal })).rejects.toBe(
      reason,
    );
    expect(saidBy(await judge(auditor, textAudit(PATH, TEXT)))).toEqual(
      saidBy(await judge(start(), textAudit(PATH, TEXT))),
    );
  });
});

describe('explain', () => {
  it('explains a region in full', async () => {
    const auditor = start();
    const request = textAudit(PATH, TEXT);
    const report = await judge(auditor, request);
    const assessment = report.assessments.find((one) => one.spans.length > 0)!;
    const explained = await auditor.explain(request.document, assessment, someCall());
    expect(explained).toMatchObject({ id: assessment.id, region: assessment.region });
    expect(explained!.spans).toHaveLength(assessment.spans.length);
    expect(Object.keys(explained!.spans[0]!.signals).length).toBeGreaterThan(
      Object.keys(assessment.spans[0]!.signals).length,
    );
  });

  it('does so after the call that judged was aborted', async () => {
    const auditor = start();
    const request = textAudit(PATH, TEXT);
    const controller = new AbortController();
    const report = await auditor.auditText(request, someCall({ abortSignal: controller.signal }));
    controller.abort();
    if (report.kind === 'skipped') throw new Error(report.reason);
    expect(await auditor.explain(request.document, report.assessments[0]!, someCall())).not.toBeNull();
  });

  it('knows nothing of a text that was let go, judged again, or judged by an engine that is not held any more', async () => {
    const auditor = start();
    const request = textAudit(PATH, TEXT);
    const explains = async (report: JudgedText): Promise<boolean> =>
      (await auditor.explain(request.document, report.assessments[0]!, someCall())) !== null;
    const first = await judge(auditor, request);
    const second = await judge(auditor, request);
    expect([await explains(first), await explains(second)]).toEqual([false, true]);
    auditor.forget(request.document);
    expect(await explains(second)).toBe(false);
    const third = await judge(auditor, request);
    await expect(
      auditor.open({ engine: 'llama', model: '/not/there.gguf', usesGpu: false, isMixed: false }, someCall()),
    ).rejects.toSatisfy((error) => CandorError.is(error));
    expect(await explains(third)).toBe(false);
    expect(await auditor.summarize(request.document, someCall())).toBeNull();
  });

  it('holds the text that was asked for last, whichever is judged first', async () => {
    const wait = Promise.withResolvers<undefined>();
    const auditor = start((tools) => ({
      ...tools,
      parser: {
        ...inProcessParser,
        spans: async (text, ...rest) => {
          if (text.includes('slow')) await wait.promise;
          return inProcessParser.spans(text, ...rest);
        },
      },
    }));
    const first = judge(auditor, textAudit('a.ts', 'slow(1);\n', { setup: bareSetup }));
    const second = await judge(auditor, textAudit('a.ts', 'fast(1);\n', { setup: bareSetup }));
    wait.resolve(undefined);
    const explains = async (report: JudgedText): Promise<boolean> =>
      (await auditor.explain('file:///a.ts', report.assessments[0]!, someCall())) !== null;
    expect([await explains(await first), await explains(second)]).toEqual([false, true]);
  });

  it('holds the last twenty texts', async () => {
    const auditor = start();
    const reports: JudgedText[] = [];
    for (let index = 0; index < 22; index++) {
      reports.push(await judge(auditor, textAudit(`${index}.ts`, `let v${index} = 1;\n`, { setup: bareSetup })));
    }
    const isHeld = async (index: number): Promise<boolean> =>
      (await auditor.explain(`file:///${index}.ts`, reports[index]!.assessments[0]!, someCall())) !== null;
    expect([await isHeld(0), await isHeld(1), await isHeld(2), await isHeld(21)]).toEqual([false, false, true, true]);
  });
});

describe('summarize', () => {
  it('gives the text report of one text', async () => {
    const auditor = start();
    const request = textAudit(PATH, TEXT);
    const report = await judge(auditor, request);
    const steps: string[] = [];
    const summary = await auditor.summarize(
      request.document,
      someCall({ onProgress: (activity, done, total) => steps.push(`${activity} ${done} ${total}`) }),
    );
    expect(summary).toContain('1 file judged');
    expect(summary).toContain(`learned from ${report.learnedTokenCount.toLocaleString('en')} tokens`);
    expect(summary).toContain(`${PATH}:`);
    expect(summary).toContain('usual here:');
    const explained = Math.min(10, report.assessments.length);
    expect(steps).toEqual(Array.from({ length: explained }, (_, index) => `explaining ${index + 1} ${explained}`));
    expect(await auditor.summarize('file:///unheard.ts', someCall())).toBeNull();
  });
});

describe('tokens', () => {
  it('gives the tokens that a range touches, with alternatives and their places in the tree', async () => {
    const auditor = start();
    const start_ = TEXT.indexOf('return');
    const range = { start: start_ + 2, end: start_ + 20 };
    const { rows, source } = await auditor.tokens({ ...textAudit(PATH, TEXT), range }, someCall());
    expect(source.engine).toBe('ngram');
    const lines = lineIndexOf(TEXT);
    let end = offsetAt(lines, rows[0]!.start);
    expect(end).toBeLessThanOrEqual(range.start);
    for (const row of rows) {
      expect(offsetAt(lines, row.start)).toBe(end);
      end += row.text.length;
      expect(row.alternatives).toHaveLength(8);
      expect(row.rank).toBeGreaterThanOrEqual(1);
      expect(row.entropyNats).toBeGreaterThanOrEqual(0);
      expect(row.logprobNats).toBeLessThanOrEqual(0);
    }
    expect(end).toBeGreaterThanOrEqual(range.end);
    expect(rows[0]!.path[0]).toBe('program');
    expect(rows[0]!.path).toContain('return_statement');
  });

  it('gives those of a line in a text that is too long', async () => {
    const text = `${'// nothing\n'.repeat(100_000)}let answer = 42;\n${'// nothing\n'.repeat(100_000)}`;
    const start_ = text.indexOf('answer');
    const range = { start: start_, end: start_ + 'answer'.length };
    const { rows } = await start().tokens({ ...textAudit(PATH, text, { setup: bareSetup }), range }, someCall());
    expect(rows.map((row) => row.text).join('')).toContain('answer');
    expect(rows[0]!.start.line).toBe(100_000);
  });

  it('refuses a range that is too long', async () => {
    const text = 'let a = 1;\n'.repeat(100_000);
    await expect(
      start().tokens(
        { ...textAudit(PATH, text, { setup: bareSetup }), range: { start: 0, end: text.length } },
        someCall(),
      ),
    ).rejects.toSatisfy((error) => CandorError.is(error, 'unsupported'));
  });
});

describe('auditFiles', () => {
  it('outlines what it found in files', async () => {
    const outline = await start().auditFiles(
      { setup: sampleSetup, files: { kind: 'paths', paths: [join(sampleFolder, 'web')] }, openTexts: [] },
      someCall(),
    );
    expect(outline.files.map((file) => file.path).sort()).toEqual(
      [...sampleTexts.keys()].filter((path) => path.startsWith('web/')),
    );
    expect(outline.learnedTokenCount).toBeGreaterThan(1000);
    expect(plain(outline)).toEqual(outline);
  });

  it('judges unsaved texts in place of the files', async () => {
    const workspace = temporaryFolder({ 'a.ts': 'export function saved() { return 1; }\n' });
    const outline = await start().auditFiles(
      {
        setup: { ...sampleSetup, workspace, folders: [workspace] },
        files: { kind: 'paths', paths: [workspace] },
        openTexts: [{ path: 'a.ts', text: 'export function unsaved() { return 2; }\n' }],
      },
      someCall(),
    );
    expect(JSON.stringify(outline)).toContain('"unsaved"');
    expect(JSON.stringify(outline)).not.toContain('"saved"');
  });

  it('judges what changed since a commit', async () => {
    const workspace = temporaryFolder({ 'a.ts': 'let a = 1;\nlet b = 2;\n', 'b.ts': 'let c = 3;\n' });
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgSign=false', ...args], {
        cwd: workspace,
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    writeFiles(workspace, { 'a.ts': 'let a = 1;\nlet changed = 2;\n', 'new.ts': 'let fresh = 4;\n' });
    const outline = await start().auditFiles(
      {
        setup: { ...sampleSetup, workspace, folders: [workspace] },
        files: { kind: 'changes', folders: [workspace], since: 'HEAD' },
        openTexts: [],
      },
      someCall(),
    );
    expect(outline.files.map((file) => file.path).sort()).toEqual(['a.ts', 'new.ts']);
    const changed = outline.files.find((file) => file.path === 'a.ts')!;
    if ('skipped' in changed) throw new Error(changed.skipped);
    expect(changed.regions.map(({ start }) => start.line)).toEqual([1]);
  });

  it('judges what it saw a model write, committed or not, where the editor has followed it to', async () => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const written = 'export function area(width: number, height: number) {\n  return width * height;\n}\n';
    const text = `export const mine = [1, 2, 3];\n${written}`;
    const workspace = temporaryFolder({ 'a.ts': text, 'b.ts': 'export const other = [4, 5];\n' });
    const setup = { ...sampleSetup, workspace, folders: [workspace] };
    const auditor = start();
    const arrived = await auditor.arrived(
      {
        ...{ document: 'file:///a.ts', text, path: 'a.ts', language: 'typescript', setup },
        ...{ stretches: [{ start: text.indexOf('export function'), end: text.length }], arrivedMs: Date.now() },
        writer: { by: 'declared' },
      },
      someCall(),
    );
    const audit = async (change: Partial<FilesAudit> = {}): Promise<readonly string[]> => {
      const files = { kind: 'aiWritten', folders: [workspace] } as const;
      const outline = await auditor.auditFiles({ setup, files, openTexts: [], ...change }, someCall());
      return outline.files.flatMap((file) =>
        'skipped' in file
          ? [`${file.path} ${file.skipped}`]
          : file.regions.map(({ start, end }) => `${file.path} ${start.line}-${end.line}`),
      );
    };
    expect(await audit()).toEqual(['a.ts 1-3']);
    // Unsaved, and twice: where the editor followed the one that arrived to, it is that one.
    const unsaved = `${written}export const mine = [1, 2, 3];\n${written}`;
    const openTexts = [{ path: 'a.ts', text: unsaved }];
    const [assessment = ''] = arrived.map((region) => region.assessment.id);
    const range = { assessment, start: unsaved.lastIndexOf('export function'), end: unsaved.length };
    expect(await audit({ openTexts, followed: [{ path: 'a.ts', ranges: [range] }] })).toEqual(['a.ts 4-6']);
    await auditor.decide({ kind: 'disown', assessments: [assessment] }, someCall());
    await expect(audit()).rejects.toMatchObject({ reason: 'unsupported' });
  });

  it('scores all files by one snapshot, though the workspace changes meanwhile', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}.ts`, `let v = ${index};\n`]));
    const workspace = temporaryFolder(files);
    const setup = { ...sampleSetup, workspace, folders: [workspace] };
    let judgedMeanwhile: Promise<JudgedText> | undefined;
    const auditor = start();
    const outline = await auditor.auditFiles(
      { setup, files: { kind: 'paths', paths: [workspace] }, openTexts: [] },
      someCall({
        onProgress: (activity, done) => {
          if (activity !== 'judging' || done !== 3) return;
          writeFiles(workspace, { 'new.ts': 'let other = "text";\n' });
          auditor.workspaceChanged();
          judgedMeanwhile = judge(auditor, textAudit('f1.ts', 'let w;\n', { setup }));
        },
      }),
    );
    const sourceOf = async (learned: Files): Promise<unknown> => {
      const fresh = temporaryFolder(learned);
      const freshSetup = { ...sampleSetup, workspace: fresh, folders: [fresh] };
      return (await judge(start(), textAudit('f1.ts', 'let w;\n', { setup: freshSetup }))).source;
    };
    expect(outline.source).toEqual(await sourceOf(files));
    expect((await judgedMeanwhile)?.source).toEqual(await sourceOf({ ...files, 'new.ts': 'let other = "text";\n' }));
  });
});

const FUNCTION = 'export function sum(a: number, b: number): number {\n  return a + b;\n}\n';
const FUNCTIONS = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`f${index}.ts`, FUNCTION.replaceAll('sum', `sum${index}`)]),
);
const EDIT = { 'f3.ts': FUNCTION.replace('a + b', 'zebra + b') };

/** A workspace, and auditors of it that keep what they find. */
function scene(): {
  readonly workspace: string;
  readonly setup: FilesAudit['setup'];
  /** Paths of the files that were judged, and of those of which regions were explained, in order. */
  readonly judged: string[];
  readonly explained: string[];
  readonly begin: () => Auditor;
  readonly audit: (auditor: Auditor, files?: FilesToAudit, call?: Call) => Promise<ReportOutline>;
} {
  const workspace = temporaryFolder(FUNCTIONS);
  const setup = { ...sampleSetup, workspace, folders: [workspace] };
  const environment = { XDG_CACHE_HOME: temporaryFolder() };
  const [judged, explained]: [string[], string[]] = [[], []];
  const keptAudit = async (of: string): Promise<KeptAudit> => {
    const { store, learnedFile } = await openKeptAudit(of, environment);
    const keep: typeof store.keep = (file, record) => {
      judged.push(file.path);
      store.keep(file, record);
    };
    const keepExplained: typeof store.keepExplained = (region, assessment) => {
      explained.push(region.path);
      store.keepExplained(region, assessment);
    };
    return { store: { ...store, keep, keepExplained }, learnedFile };
  };
  return {
    workspace,
    setup,
    judged,
    explained,
    begin: () => start(undefined, keptAudit),
    audit: (auditor, files = { kind: 'paths', paths: [workspace] }, call = someCall()) =>
      auditor.auditFiles({ setup, files, openTexts: [] }, call),
  };
}

describe('auditFiles after another', () => {
  it('judges the file that was edited since, by the snapshot of before, while texts are judged by what is there', async () => {
    const { workspace, setup, judged, begin, audit } = scene();
    const auditor = begin();
    const before = await audit(auditor);
    expect(judged).toHaveLength(40);
    writeFiles(workspace, EDIT);
    auditor.workspaceChanged();
    const text = await judge(auditor, textAudit('f1.ts', 'let w;\n', { setup }));
    expect(text.source.snapshot).not.toBe(before.source.snapshot);
    expect((await audit(auditor)).source).toEqual(before.source);
    expect(judged.slice(40)).toEqual(['f3.ts']);
    // Another window, or the same one tomorrow.
    expect((await audit(begin())).source).toEqual(before.source);
    expect(judged).toHaveLength(41);
  });

  it('learns anew where much is other code', async () => {
    const { workspace, judged, begin, audit } = scene();
    const before = await audit(begin());
    writeFiles(workspace, Object.fromEntries([0, 1, 2].map((index) => [`f${index}.ts`, EDIT['f3.ts']])));
    const after = await audit(begin());
    expect(after.source.snapshot).not.toBe(before.source.snapshot);
    expect(judged).toHaveLength(80);
  });

  it('leaves the snapshot of the workspace to the next audit of it, where only changes are audited between', async () => {
    const { workspace, judged, begin, audit } = scene();
    git(workspace, 'init', '--quiet');
    commitAll(workspace);
    const auditor = begin();
    const before = await audit(auditor);
    writeFiles(workspace, EDIT);
    const changes = await audit(auditor, { kind: 'changes', folders: [workspace], since: 'HEAD' });
    expect(changes.files.map(({ path }) => path)).toEqual(['f3.ts']);
    expect(changes.source.snapshot).not.toBe(before.source.snapshot);
    expect((await audit(auditor)).source).toEqual(before.source);
    expect(judged.slice(40)).toEqual(['f3.ts', 'f3.ts']);
  });

  it('takes nothing from the page of the audit before, where it is aborted', async () => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { workspace, judged, begin, audit } = scene();
    writeFiles(workspace, EDIT);
    const auditor = begin();
    await audit(auditor);
    const page = await auditor.reportPage('a.command', someCall());
    expect(page).toContain('<mark>zebra</mark>');
    writeFiles(workspace, { 'f3.ts': 'okapi(1);\nfunction other() {}\n' });
    const controller = new AbortController();
    const aborted = audit(auditor, undefined, {
      onProgress: (activity, done) => {
        if (activity === 'judging' && done === 39) controller.abort(new Error('enough'));
      },
      abortSignal: controller.signal,
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(judged.slice(40)).toEqual(['f3.ts']);
    writeFiles(workspace, EDIT);
    expect((await auditor.reportPage('a.command', someCall())) === page).toBe(true);
  });
});

describe('reportPage', () => {
  const audit = (auditor: Auditor, workspace: string): Promise<unknown> =>
    auditor.auditFiles(
      {
        setup: { ...sampleSetup, workspace, folders: [workspace] },
        files: { kind: 'paths', paths: [workspace] },
        openTexts: [],
      },
      someCall(),
    );

  it('is of the last audit of files, with a command for each place, until it is let go', async () => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const auditor = start();
    expect(await auditor.reportPage('a.command', someCall())).toBeNull();
    await audit(auditor, temporaryFolder({ 'first.ts': 'let first = 1;\n' }));
    await audit(auditor, temporaryFolder({ '100%.ts': 'export function second() { return 2; }\n' }));
    const page = await auditor.reportPage('a.command', someCall());
    expect(page).not.toContain('first.ts');
    const [, link = ''] = /href="command:a\.command\?([^"]*)"/.exec(page!) ?? [];
    // As the editor reads it: once as an address, and once again as the argument.
    const argument: unknown = JSON.parse(decodeURIComponent(decodeURIComponent(link)));
    expect(argument).toEqual([{ path: '100%.ts', line: 0 }]);
    expect(page).toContain('Nobody has said of code in these files');
    auditor.forgetReport();
    expect(await auditor.reportPage('a.command', someCall())).toBeNull();
  });

  it('stays that of the audit before, where one fails', async () => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const auditor = start();
    await audit(auditor, temporaryFolder({ 'first.ts': 'let first = 1;\n' }));
    await expect(audit(auditor, '/not/there')).rejects.toSatisfy((error) => CandorError.is(error));
    expect(await auditor.reportPage('a.command', someCall())).toContain('first.ts');
  });
});

describe('explainReport', () => {
  beforeEach(() => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const pageOf = async (auditor: Auditor): Promise<string> => (await auditor.reportPage('a.command', someCall())) ?? '';
  const isExplained = (page: string): boolean => page.includes('<code>a</code>');

  it('lets the page say what is usual, once, and keeps that for whoever audits next', async () => {
    const { workspace, explained, begin, audit } = scene();
    writeFiles(workspace, EDIT);
    const auditor = begin();
    await auditor.explainReport(someCall());
    await audit(auditor);
    expect(isExplained(await pageOf(auditor))).toBe(false);
    const steps: string[] = [];
    const onProgress: Call['onProgress'] = (activity, done, total) => steps.push(`${activity} ${done} ${total}`);
    await auditor.explainReport(someCall({ onProgress }));
    expect(steps).toEqual(Array.from({ length: 11 }, (_, done) => `explaining ${done} 10`));
    expect(explained).toHaveLength(10);
    const page = await pageOf(auditor);
    expect(isExplained(page)).toBe(true);
    await auditor.explainReport(someCall());
    const other = begin();
    await audit(other);
    await other.explainReport(someCall());
    expect((await pageOf(other)) === page).toBe(true);
    expect(explained).toHaveLength(10);
  });

  it('explains by what the report was judged by, though more was learned since', async () => {
    const pages = [];
    for (const isChanged of [false, true]) {
      const { workspace, setup, begin, audit } = scene();
      writeFiles(workspace, EDIT);
      const auditor = begin();
      await audit(auditor);
      if (isChanged) {
        writeFiles(workspace, { 'new/other.ts': FUNCTION.replaceAll('a', 'zebra').repeat(100) });
        auditor.workspaceChanged();
        await judge(auditor, textAudit('f1.ts', 'let w;\n', { setup }));
      }
      await auditor.explainReport(someCall());
      pages.push(await pageOf(auditor));
    }
    expect(pages.map(isExplained)).toEqual([true, true]);
    expect(pages[0] === pages[1]).toBe(true);
  });

  it('leaves the page as it is where it is aborted, and goes on from there', async () => {
    const { workspace, explained, begin, audit } = scene();
    writeFiles(workspace, EDIT);
    const auditor = begin();
    await audit(auditor);
    const before = await pageOf(auditor);
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress: Call['onProgress'] = (_, done) => {
      if (done === 4) controller.abort(reason);
    };
    await expect(auditor.explainReport({ onProgress, abortSignal: controller.signal })).rejects.toBe(reason);
    expect(explained).toHaveLength(4);
    expect((await pageOf(auditor)) === before).toBe(true);
    await auditor.explainReport(someCall());
    expect(new Set(explained).size).toBe(10);
    expect(explained).toHaveLength(10);
    expect(isExplained(await pageOf(auditor))).toBe(true);
  });

  it('gives up a report in whose place another one comes, and one that was let go', async () => {
    const { workspace, explained, begin, audit } = scene();
    const auditor = begin();
    const explainMeanwhile = async (meanwhile: () => Promise<unknown>): Promise<void> => {
      await audit(auditor);
      const done: Promise<unknown>[] = [];
      const onProgress: Call['onProgress'] = (_, count) => {
        if (count >= 2 && done.length === 0) done.push(meanwhile());
      };
      await auditor.explainReport(someCall({ onProgress }));
      expect(done).toHaveLength(1);
      await Promise.all(done);
    };
    await explainMeanwhile(async () => {
      auditor.forgetReport();
      await Promise.resolve();
    });
    expect(explained).toHaveLength(2);
    expect(await auditor.reportPage('a.command', someCall())).toBeNull();
    writeFiles(workspace, EDIT);
    await explainMeanwhile(() => audit(auditor, { kind: 'paths', paths: [join(workspace, 'f3.ts')] }));
    expect(isExplained(await pageOf(auditor))).toBe(false);
    await auditor.explainReport(someCall());
    expect(isExplained(await pageOf(auditor))).toBe(true);
  });

  it('explains nothing where another engine was opened since', async () => {
    const { workspace, explained, begin, audit } = scene();
    writeFiles(workspace, EDIT);
    const auditor = begin();
    await audit(auditor);
    const other = { engine: 'llama', model: '/not/there.gguf', usesGpu: false, isMixed: false } as const;
    await expect(auditor.open(other, someCall())).rejects.toSatisfy((error) => CandorError.is(error));
    await auditor.explainReport(someCall());
    expect(explained).toEqual([]);
    expect(isExplained(await pageOf(auditor))).toBe(false);
  });
});
