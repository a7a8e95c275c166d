import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import type { ChildLimits } from '../../../../src/engines/llama/childLimits.ts';
import { createLlamaProcess, type LlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { endingOf, isAlive, pidOf, until } from './childWatch.ts';

const modelPath = randomGguf();
const CODE = readFileSync(new URL('../../../fixtures/sample/service/validators.py', import.meta.url), 'utf8');

function processOf(limits: Partial<ChildLimits> = {}, path = modelPath(), childUrl = CHILD_URL): LlamaProcess {
  const load = { modelPath: path, threads: 1, contextTokens: 512 };
  const started = createLlamaProcess({ childUrl, load, limits: { backOffMs: 10, ...limits } });
  onTestFinished(() => started.close());
  return started;
}

/** A process whose child is no model but a few lines that get each message of the parent and can `say` something. */
function scriptedProcess(onMessage: string, limits: Partial<ChildLimits> = {}): LlamaProcess {
  const script = `
    const say = (message) => process.send(message);
    const done = (id) => say({ kind: 'done', id, result: { kind: 'generated', tokens: [] } });
    process.on('message', (message) => { ${onMessage} });
    process.on('disconnect', () => process.exit());`;
  const folder = temporaryFolder({ 'child.mjs': script });
  return processOf(limits, 'none.gguf', pathToFileURL(join(folder, 'child.mjs')));
}

const LOADED = `if (message.kind === 'load') return say({ kind: 'loaded', modelDigest: 'a', lanes: 1 });`;

function score(child: LlamaProcess, text: string, signal?: AbortSignal): Promise<string> {
  return child.ask({ kind: 'score', text }, { signal }).then((result) => result.kind);
}

describe('a child that dies', () => {
  it('dies at once when llama.cpp gives up: no debugger is called', async () => {
    const child = scriptedProcess(`${LOADED} if (process.env.GGML_NO_BACKTRACE === '1') done(message.id);`, {
      silenceMs: 1000,
    });
    expect(await endingOf(score(child, 'x'))).toBe('generated');
  });

  it('takes only the question that it was at with it', async () => {
    const child = processOf();
    await score(child, 'x');
    const first = endingOf(score(child, CODE.repeat(4)));
    const second = endingOf(score(child, 'y'));
    process.kill(await pidOf(child), 'SIGKILL');
    expect(await first).toBe('engine-failed');
    expect(await second).toBe('scored');
  });
});

describe('a child with two lanes', () => {
  const TWO = `if (message.kind === 'load') return say({ kind: 'loaded', modelDigest: 'a', lanes: 2 });
    const { id, task } = message;
    if (message.kind === 'cancel' || task.text === 'hang') return;
    if (task.text === 'die') process.exit(1);
    if (task.text === 'wait') { globalThis.waiting = id; return; }
    if (task.text === 'sign') { for (let at = 0; at < 4; at++) setTimeout(() => say({ kind: 'progress' }), 100 * at); }
    if (task.text === 'free') done(globalThis.waiting);
    if (task.text !== 'sign') done(id);`;

  it('is asked two things at once', async () => {
    const child = scriptedProcess(TWO);
    const ends = [score(child, 'wait'), score(child, 'x'), score(child, 'free')];
    expect(await Promise.all(ends)).toEqual(['generated', 'generated', 'generated']);
  });

  it('takes both with it when it dies, and nothing of what waits', async () => {
    const child = scriptedProcess(TWO);
    const ends = ['hang', 'die', 'x', 'y'].map((text) => endingOf(score(child, text)));
    expect(await Promise.all(ends)).toEqual(['engine-failed', 'engine-failed', 'generated', 'generated']);
  });

  it('is ended when it is silent, however often it is asked', async () => {
    const child = scriptedProcess(TWO, { silenceMs: 300 });
    const began = performance.now();
    const first = endingOf(score(child, 'hang'));
    await sleep(200);
    const second = endingOf(score(child, 'hang'));
    expect([await first, await second]).toEqual(['engine-failed', 'engine-failed']);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await endingOf(score(child, 'x'))).toBe('generated');
  });

  it('lives on while one of its tasks gives signs of life', async () => {
    const child = scriptedProcess(TWO, { silenceMs: 300 });
    await score(child, 'x');
    const began = performance.now();
    expect(await endingOf(score(child, 'sign'))).toBe('engine-failed');
    expect(performance.now() - began).toBeGreaterThan(550);
  });
});

describe('a child that hangs', () => {
  it('is ended in time, and another answers the next question', async () => {
    const silenceMs = 1500;
    const child = processOf({ silenceMs });
    await score(child, 'x');
    const pid = await pidOf(child);
    process.kill(pid, 'SIGSTOP');
    const began = performance.now();
    const [first, second] = [endingOf(score(child, 'a')), endingOf(score(child, 'b'))];
    expect(await first).toBe('engine-failed');
    expect(performance.now() - began).toBeLessThan(2 * silenceMs);
    expect(await second).toBe('scored');
    expect(isAlive(pid)).toBe(false);
  });

  it('while it writes is ended as well, and what it wrote is told no more', async () => {
    const child = processOf({ silenceMs: 1500 });
    await score(child, 'x');
    let written = 0;
    const generate = { prefix: CODE, maxTokens: 200, topK: 0 };
    const question = child.ask({ kind: 'generate', generate }, { onToken: () => written++ }).then(({ kind }) => kind);
    const end = endingOf(question);
    await until(() => written > 2);
    process.kill(await pidOf(child), 'SIGSTOP');
    expect(await end).toBe('engine-failed');
    const before = written;
    expect(await endingOf(score(child, 'y'))).toBe('scored');
    expect(written).toBe(before);
  });

  it('while it loads is ended as well', async () => {
    const child = processOf({ loadMs: 200 });
    const question = endingOf(score(child, 'x'));
    process.kill(await pidOf(child), 'SIGSTOP');
    expect(await question).toBe('engine-failed');
  });

  it('is ended also when nobody waits for its question any more', async () => {
    const child = scriptedProcess(
      `${LOADED} if (message.kind === 'ask' && message.task.text !== 'hang') done(message.id);`,
      { silenceMs: 1000 },
    );
    const stop = new AbortController();
    const hung = endingOf(score(child, 'hang', stop.signal));
    const behind = endingOf(score(child, 'x'));
    stop.abort('no');
    expect(await hung).toBe('no');
    expect(await behind).toBe('generated');
  });
});

describe('a child that never answers', () => {
  it.each([
    ['neither loads nor speaks', ''],
    ['loads and does nothing', LOADED],
    ['says things that are no messages', `${LOADED} say('x'); say(null); say({ kind: 'nothing' });`],
    ['answers other questions', `${LOADED} if (message.kind === 'ask') done(message.id + 100);`],
  ])('and %s fails each question in time', async (_, script) => {
    const child = scriptedProcess(script, { loadMs: 300, silenceMs: 300 });
    const began = performance.now();
    const ends = await Promise.all(['a', 'b', 'c'].map((text) => endingOf(score(child, text))));
    expect(ends).toEqual(['engine-failed', 'engine-failed', 'engine-failed']);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('because it cannot be started fails the question as well, at once and after a back-off', async () => {
    const child = processOf({}, 'none.gguf', new URL('data:text/javascript,0'));
    for (let time = 0; time < 3; time++) expect(await endingOf(score(child, 'x'))).toBe('engine-failed');
  });
});

describe('the wait after a breakdown', () => {
  const DIES = `${LOADED} if (message.kind === 'ask') { if (message.task.text === 'die') process.exit(1); done(message.id); }`;

  it('is not made longer by each question', async () => {
    const child = scriptedProcess(DIES, { backOffMs: 200 });
    expect(await endingOf(score(child, 'die'))).toBe('engine-failed');
    let answers = 0;
    for (let asked = 0; asked < 100 && answers === 0; asked++) {
      void endingOf(score(child, 'x')).then((end) => (answers += end === 'generated' ? 1 : 0));
      await sleep(20);
    }
    expect(answers).toBeGreaterThan(0);
  });

  it('starts no child when nobody waits any more', async () => {
    const child = scriptedProcess(DIES, { backOffMs: 100 });
    expect(await endingOf(score(child, 'die'))).toBe('engine-failed');
    const stop = new AbortController();
    const question = endingOf(score(child, 'x', stop.signal));
    stop.abort('no');
    expect(await question).toBe('no');
    await sleep(250);
    expect(child.pid).toBeUndefined();
  });
});

describe('who listens to what is written', () => {
  it('and throws ends the question with that error, and no other', async () => {
    const child = processOf();
    const question = child.ask(
      { kind: 'generate', generate: { prefix: CODE, maxTokens: 50, topK: 0 } },
      {
        onToken: () => {
          throw new Error('listener');
        },
      },
    );
    const behind = score(child, 'x');
    await expect(question).rejects.toThrow('listener');
    expect(await behind).toBe('scored');
  });
});

describe('a model file', () => {
  it.each([
    ['that is missing', undefined, 'not-found'],
    ['that is no GGUF', 'hello', 'corrupt'],
    ['that is empty', '', 'corrupt'],
    ['that ends too soon', (whole: Buffer) => whole.subarray(0, whole.length >> 1), 'corrupt'],
    ['of which only the start is there', (whole: Buffer) => whole.subarray(0, 1000), 'corrupt'],
    ['with a damaged head', (whole: Buffer) => Buffer.from(whole).fill(0xff, 8, 4000), 'corrupt'],
  ])('%s fails every question', async (_, content, reason) => {
    const path = join(temporaryFolder(), 'model.gguf');
    if (content !== undefined) {
      writeFileSync(path, typeof content === 'string' ? content : content(readFileSync(modelPath())));
    }
    const child = processOf({}, path);
    const questions = [score(child, 'a'), score(child, 'b'), score(child, 'c')].map(endingOf);
    expect(await Promise.all(questions)).toEqual([reason, reason, reason]);
  });

  it.each([
    ['a folder', mkdirSync],
    // It has no end: to read it would take for ever.
    [
      'a device',
      (path: string) => {
        symlinkSync('/dev/zero', path);
      },
    ],
  ])('that is %s cannot be read', async (kind, make) => {
    if (kind === 'a device' && process.platform === 'win32') return;
    const path = join(temporaryFolder(), 'model.gguf');
    make(path);
    expect(await endingOf(score(processOf({ loadMs: 5000 }, path), 'a'))).toBe('unreadable');
  });

  it('that cannot be loaded makes no engine', async () => {
    const load = { modelPath: join(temporaryFolder(), 'none.gguf'), threads: 1, contextTokens: 512 };
    await expect(openLlamaEngine({ childUrl: CHILD_URL, load })).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('that was replaced fails the questions, for the numbers would be of another model', async () => {
    const path = join(temporaryFolder(), 'model.gguf');
    const whole = readFileSync(modelPath());
    writeFileSync(path, whole);
    const child = processOf({}, path);
    expect(await endingOf(score(child, 'a'))).toBe('scored');
    await child.close();
    whole.writeUInt8((whole.at(-1) ?? 0) ^ 1, whole.length - 1);
    writeFileSync(path, whole);
    expect(await endingOf(score(child, 'a'))).toBe('engine-failed');
  });
});

describe('cancellation', () => {
  it('rejects with the reason at once, wherever the question is', async () => {
    const child = processOf();
    await score(child, 'x');
    const stops = Array.from({ length: 3 }, () => new AbortController());
    const long = CODE.repeat(40);
    const questions = stops.map((stop, index) => score(child, `${index}${long}`, stop.signal));
    const ends = Promise.allSettled(questions);
    await sleep(30);
    const began = performance.now();
    for (const [index, stop] of stops.entries()) stop.abort(new Error(`no ${index}`));
    const settled = await ends;
    expect(performance.now() - began).toBeLessThan(250);
    expect(settled.map((end) => (end.status === 'rejected' ? String(end.reason) : 'answered'))).toEqual([
      'Error: no 0',
      'Error: no 1',
      'Error: no 2',
    ]);
  });

  it.each([
    ['scores', { kind: 'score', text: CODE.repeat(40) }],
    ['writes', { kind: 'generate', generate: { prefix: CODE, maxTokens: 250, topK: 3 } }],
  ] as const)('frees a child that %s: the next question does not wait for it', { timeout: 60_000 }, async (_, task) => {
    const child = processOf();
    await score(child, 'x');
    const waits: { readonly endedMs: number; readonly freedMs: number }[] = [];
    let told: (() => void) | undefined;
    const onToken = (): void => told?.();
    for (let time = 0; time < 5; time++) {
      const stop = new AbortController();
      const firstToken = new Promise<void>((resolve) => (told = resolve));
      const end = endingOf(child.ask(task, { signal: stop.signal, onToken }).then(({ kind }) => kind));
      await (task.kind === 'score' ? sleep(60) : firstToken);
      const began = performance.now();
      stop.abort('no');
      expect(await end).toBe('no');
      const endedMs = performance.now() - began;
      expect(await score(child, `x${time}`)).toBe('scored');
      waits.push({ endedMs, freedMs: performance.now() - began });
    }
    // The child looks up after each batch. Of a busy machine only the best of five tries says something.
    const began = performance.now();
    await score(child, `y${CODE}`);
    const batchMs = performance.now() - began;
    expect(Math.min(...waits.map(({ endedMs }) => endedMs))).toBeLessThan(50);
    expect(Math.min(...waits.map(({ freedMs }) => freedMs))).toBeLessThan(Math.max(500, 2 * batchMs));
  });

  it('before the question starts nothing', async () => {
    const child = processOf();
    const reason = new Error('no');
    await expect(score(child, 'x', AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(child.pid).toBeUndefined();
  });
});

describe('giving back', () => {
  it('waits also for a child that is on its way out already', async () => {
    const child = processOf({ silenceMs: 1500 });
    await score(child, 'x');
    const pid = await pidOf(child);
    process.kill(pid, 'SIGSTOP');
    expect(await endingOf(score(child, 'a'))).toBe('engine-failed');
    await child.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('ends the child on close, fails what is open, and starts again when asked', async () => {
    const child = processOf();
    await score(child, 'x');
    const pid = await pidOf(child);
    const open = endingOf(score(child, CODE));
    await child.close();
    expect(await open).toBe('engine-failed');
    expect(isAlive(pid)).toBe(false);
    expect(await endingOf(score(child, 'x'))).toBe('scored');
  });

  it('ends a child that is asked nothing', async () => {
    const child = processOf({ idleMs: 50 });
    await score(child, 'x');
    const pid = await pidOf(child);
    await until(() => !isAlive(pid));
    expect(child.pid).toBeUndefined();
    expect(await endingOf(score(child, 'x'))).toBe('scored');
  });
});
