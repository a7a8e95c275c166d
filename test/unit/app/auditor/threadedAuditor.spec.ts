import { getEventListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerCalls } from '../../../../src/app/auditor/answerCalls.ts';
import type { Auditor, JudgedText, TextAudit } from '../../../../src/app/auditor/auditor.ts';
import { isThreadMessage } from '../../../../src/app/auditor/callMessages.ts';
import { createAuditor } from '../../../../src/app/auditor/createAuditor.ts';
import { unkeptAudit } from '../../../../src/app/keptAudits/keptAudit.ts';
import { createOpenCalls } from '../../../../src/app/auditor/openCalls.ts';
import { createThreadedAuditor, type ThreadedAuditorOptions } from '../../../../src/app/auditor/threadedAuditor.ts';
import { CandorError } from '../../../../src/core/candorError.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { sampleFolder, sampleTexts } from '../../../support/sampleWorkspace.ts';
import { sourceAssets } from '../../../support/sourceAssets.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { oddAuditor, type Oddity } from './oddAuditor.ts';
import { bareSetup, sampleSetup, someCall, textAudit } from './someCalls.ts';

const THREAD = new URL('../../../../src/app/auditor/auditorThread.ts', import.meta.url);
const ODD_THREAD = new URL('./oddThread.ts', import.meta.url);

const auditors: Auditor[] = [];

function start(options: Partial<ThreadedAuditorOptions> = {}): Auditor {
  const auditor = createThreadedAuditor({ workerUrl: ODD_THREAD, assets: sourceAssets, ...options });
  auditors.push(auditor);
  return auditor;
}

afterEach(async () => {
  await Promise.all(auditors.splice(0).map((auditor) => auditor.close()));
  vi.unstubAllEnvs();
});

const odd = (document: Oddity | number | ''): TextAudit => ({ ...textAudit('a.ts', ''), document: String(document) });

const failsWith = (reason?: 'corrupt' | 'engine-failed') => (error: unknown) => CandorError.is(error, reason);

async function judge(auditor: Auditor, request: TextAudit): Promise<JudgedText> {
  const report = await auditor.auditText(request, someCall());
  if (report.kind === 'skipped') throw new Error(report.reason);
  return report;
}

describe('createThreadedAuditor', () => {
  it('gives in its thread the answers of an auditor in this one', async () => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
    const threaded = start({ workerUrl: THREAD });
    const local = createAuditor(
      sourceAssets,
      () => Promise.resolve('s'),
      undefined,
      () => Promise.resolve(unkeptAudit()),
    );
    auditors.push(local);
    const path = 'web/new.ts';
    const text = 'export function isLight(parcel: Parcel): boolean {\n  return parcel.weight < 30;\n}\n\nstart();\n';
    const answersOf = async (auditor: Auditor): Promise<unknown> => {
      const steps: string[] = [];
      const call = someCall({ onProgress: (...step) => steps.push(step.join(' ')) });
      const engine = await auditor.open({ engine: 'ngram' }, call);
      const report = await auditor.auditText(textAudit(path, text), call);
      expect(steps.at(-1)).toBe(`learning ${sampleTexts.size} ${sampleTexts.size}`);
      if (report.kind === 'skipped') throw new Error(report.reason);
      const document = textAudit(path, text).document;
      const explained = await auditor.explain(document, report.assessments[1]!, call);
      const summary = await auditor.summarize(document, call);
      auditor.forget(document);
      const nothing = await auditor.explain(document, report.assessments[1]!, call);
      const range = { start: 60, end: 70 };
      const tokens = await auditor.tokens({ ...textAudit(path, text), range }, call);
      const files = { kind: 'paths' as const, paths: [join(sampleFolder, 'web', 'formatters.ts')] };
      const outline = await auditor.auditFiles({ setup: sampleSetup, files, openTexts: [] }, call);
      const skipped = await auditor.auditText(textAudit(path, ''), call);
      const other = await auditor.auditText(textAudit(path, 'let a = 1;\n', { setup: bareSetup }), call);
      const said = { engine, report, explained, summary, nothing, tokens, outline, skipped, other };
      return JSON.parse(JSON.stringify(said, (key, value: unknown) => (key === 'id' ? '' : value)));
    };
    expect(await answersOf(threaded)).toEqual(await answersOf(local));
  });

  it('carries every call to and fro', async () => {
    const auditor = start();
    expect(await auditor.open({ engine: 'ngram' }, someCall())).toMatchObject({ device: 'odd' });
    expect(await auditor.summarize('x', someCall())).toBe('summary of x');
    expect(await auditor.explain('', {} as never, someCall())).toBeNull();
    expect((await auditor.tokens({ ...odd(''), range: { start: 3, end: 4 } }, someCall())).rows[0]?.text).toBe('3');
    const files = { kind: 'paths' as const, paths: ['a', 'b'] };
    expect(await auditor.auditFiles({ setup: sampleSetup, files, openTexts: [] }, someCall())).toMatchObject({
      otherFileCount: 2,
    });
    await auditor.explainReport(someCall());
    expect(await auditor.reportPage('a.command', someCall())).toBe('page with a.command');
    auditor.forget('x');
    auditor.forgetReport();
    auditor.workspaceChanged();
    expect((await judge(auditor, odd(''))).learnedTokenCount).toBe(10_101);
  });

  it('starts no thread before the first call', async () => {
    const auditor = start({ workerUrl: new URL('./notThere.ts', import.meta.url) });
    auditor.forget('x');
    auditor.workspaceChanged();
    const aborted = someCall({ abortSignal: AbortSignal.abort(new Error('before')) });
    await expect(auditor.auditText(odd(''), aborted)).rejects.toThrow('before');
    await expect(auditor.auditText(odd(''), someCall())).rejects.toSatisfy(failsWith('engine-failed'));
  });

  it('rejects an aborted call at once, with the reason of its signal', async () => {
    const auditor = start();
    const controller = new AbortController();
    const reason = new Error('enough');
    const call = auditor.auditText(odd('wait'), someCall({ abortSignal: controller.signal }));
    await judge(auditor, odd(''));
    controller.abort(reason);
    await expect(Promise.race([call, setImmediate('late')])).rejects.toBe(reason);
    // The thread stops as well: soon only the call that asks for the count is under way.
    await vi.waitFor(async () => {
      expect((await judge(auditor, odd(''))).tokenCount).toBe(1);
    });
  });

  it('stops learning in the thread when the call is aborted, and goes on from there', async () => {
    vi.stubEnv('XDG_STATE_HOME', temporaryFolder());
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`f${index}.ts`, `call(argument, ${index});\n`.repeat(500)]),
    );
    const workspace = temporaryFolder(files);
    const auditor = start({ workerUrl: THREAD });
    const request = textAudit('x.ts', 'call(argument, 1);\n', {
      setup: { ...sampleSetup, workspace, folders: [workspace] },
    });
    const controller = new AbortController();
    const onProgress = (): void => {
      controller.abort(new Error('enough'));
    };
    await expect(auditor.auditText(request, { onProgress, abortSignal: controller.signal })).rejects.toThrow('enough');
    let first: number | undefined;
    const report = await auditor.auditText(request, someCall({ onProgress: (_, __, total) => (first ??= total) }));
    expect(first).toBeLessThan(40);
    expect(report).toMatchObject({ kind: 'judged' });
  });

  it('passes on some steps of many, and the last', async () => {
    const steps: number[] = [];
    await start().auditText(odd('steps'), someCall({ onProgress: (_, done) => steps.push(done) }));
    expect(steps.length).toBeLessThan(100);
    expect(steps[0]).toBe(1);
    expect(steps.at(-1)).toBe(499);
  });

  it.each<[Oddity, 'corrupt' | 'engine-failed', string]>([
    ['fail', 'corrupt', 'The model is damaged. Get it again.'],
    ['break', 'engine-failed', 'Candor broke down on this request. Try again, and report it if it happens again.'],
    [
      'answer a function',
      'engine-failed',
      'Candor broke down on this request. Try again, and report it if it happens again.',
    ],
  ])('carries over the error of a call that is to %s', async (document, reason, message) => {
    const error: unknown = await start()
      .auditText(odd(document), someCall())
      .catch((caught: unknown) => caught);
    if (!CandorError.is(error, reason)) throw new Error('no such CandorError');
    expect(error.message).toBe(message);
    expect(String((error.cause as Error).stack)).toMatch(/\n {4}at /);
    expect(String((error.cause as Error).stack)).not.toContain('the text of the user');
  });

  it.each<Oddity>(['exit', 'throw aside', 'fill the memory'])(
    'rejects all open calls when they make the thread %s, and starts another',
    async (document) => {
      const auditor = start({ resourceLimits: { maxOldGenerationSizeMb: 64 } });
      const waiting = auditor.auditText(odd('wait'), someCall());
      const settled = Promise.allSettled([waiting, auditor.auditText(odd(document), someCall())]);
      for (const one of await settled) {
        expect(one.status === 'rejected' && CandorError.is(one.reason, 'engine-failed')).toBe(true);
      }
      expect((await judge(auditor, odd(''))).tokenCount).toBe(1);
    },
  );

  it('ends its thread and its calls when it is closed', async () => {
    const auditor = start();
    const controller = new AbortController();
    const call = auditor.auditText(odd('wait'), someCall({ abortSignal: controller.signal }));
    const rejected = expect(call).rejects.toSatisfy(failsWith('engine-failed'));
    await judge(auditor, odd(''));
    await auditor.close();
    await rejected;
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    await expect(judge(auditor, odd(''))).rejects.toSatisfy(failsWith('engine-failed'));
    await auditor.close();
  });
});

describe('closing a threaded auditor', () => {
  it('lets the auditor in the thread stop its calls and close itself, for a process of its would outlive the thread', async () => {
    const diary = join(temporaryFolder(), 'diary');
    vi.stubEnv('ODD_DIARY', diary);
    const auditor = start();
    const waiting = auditor.auditText(odd('wait'), someCall());
    waiting.catch(() => undefined);
    await judge(auditor, odd(''));
    await Promise.all([auditor.close(), auditor.close()]);
    expect(readFileSync(diary, 'utf8')).toBe('closed with 0 under way');
  });

  it('ends a thread that does not listen', async () => {
    const auditor = start();
    const working = Promise.withResolvers<undefined>();
    const call = someCall({
      onProgress: () => {
        working.resolve(undefined);
      },
    });
    const blocked = expect(auditor.auditText(odd('never end a turn'), call)).rejects.toSatisfy(failsWith());
    await working.promise;
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      const closed = auditor.close();
      vi.advanceTimersByTime(3000);
      await closed;
    } finally {
      vi.useRealTimers();
    }
    await blocked;
  });

  it('starts no thread for it', async () => {
    await start({ workerUrl: new URL('./notThere.ts', import.meta.url) }).close();
  });
});

describe('calls over a channel', () => {
  it('leave none open and nobody listening, in whatever order they come and are aborted', async () => {
    const { port1, port2 } = new MessageChannel();
    const auditor = oddAuditor();
    void answerCalls(auditor, port2);
    const calls = createOpenCalls((message) => {
      port1.postMessage(message);
    });
    port1.on('message', (message: unknown) => {
      if (isThreadMessage(message)) calls.take(message);
    });
    for (let seed = 0; seed < 50; seed++) {
      const random = randomNumbers(seed);
      const controllers: AbortController[] = [];
      const asked: Promise<unknown>[] = [];
      const ended = new Set<AbortController>();
      for (let step = 0; step < 12; step++) {
        const controller = new AbortController();
        controllers.push(controller);
        const document = random() < 0.15 ? 'fail' : random() < 0.3 ? 'wait' : Math.floor(random() * 6);
        const call = calls.ask(
          'auditText',
          { name: 'auditText', asked: odd(document) },
          someCall({ abortSignal: controller.signal }),
        );
        const end = (): void => void ended.add(controller);
        call.then(end, end);
        asked.push(call);
        if (random() < 0.4) controllers[Math.floor(random() * controllers.length)]!.abort();
        if (random() < 0.5) await setImmediate();
      }
      expect(calls.size).toBeLessThanOrEqual(12);
      for (let turn = 0; turn < 30; turn++) await setImmediate();
      for (const { signal } of ended) expect(getEventListeners(signal, 'abort')).toEqual([]);
      for (const controller of controllers) controller.abort();
      const settled = await Promise.allSettled(asked);
      for (const [index, one] of settled.entries()) {
        if (one.status === 'fulfilled') continue;
        const isOurs = CandorError.is(one.reason, 'corrupt') || one.reason === controllers[index]!.signal.reason;
        expect(isOurs, `seed ${seed}`).toBe(true);
      }
      expect(settled.some((one) => one.status === 'fulfilled')).toBe(true);
      expect(calls.size, `seed ${seed}`).toBe(0);
      for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toEqual([]);
      await vi.waitFor(() => {
        expect(auditor.underWay, `seed ${seed}`).toBe(0);
      });
    }
    port1.close();
  });

  it('pass over what is no message of ours', async () => {
    const { port1, port2 } = new MessageChannel();
    void answerCalls(oddAuditor(), port2);
    const answers: unknown[] = [];
    port1.on('message', (message) => answers.push(message));
    for (const message of [null, 7, 'ask', {}, { kind: 'other' }]) port1.postMessage(message);
    port1.postMessage({ kind: 'cancel', id: 99 });
    port1.postMessage({ kind: 'ask', id: 1, question: { name: 'summarize', asked: 'x' } });
    await vi.waitFor(() => {
      expect(answers).toEqual([{ kind: 'answer', id: 1, name: 'summarize', given: 'summary of x' }]);
    });
    expect(isThreadMessage(answers[0])).toBe(true);
    expect([null, 7, {}, { kind: 'ask' }].some(isThreadMessage)).toBe(false);
    port1.close();
  });
});
