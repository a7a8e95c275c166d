import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { openLlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import type { ChildLimits } from '../../../../src/engines/llama/childLimits.ts';
import { createLlamaProcess, type LlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const modelPath = randomGguf();
const CODE = readFileSync(new URL('../../../fixtures/sample/service/validators.py', import.meta.url), 'utf8');

function processOf(limits: Partial<ChildLimits> = {}, path = modelPath()): LlamaProcess {
  const load = { modelPath: path, threads: 1, contextTokens: 512 };
  const started = createLlamaProcess({ childUrl: CHILD_URL, load, limits: { backOffMs: 10, ...limits } });
  onTestFinished(() => started.close());
  return started;
}

function score(child: LlamaProcess, text: string, signal?: AbortSignal): Promise<string> {
  return child.ask({ kind: 'score', text }, { signal }).then((result) => result.kind);
}

/** How a question ended. */
function ending(question: Promise<string>): Promise<string> {
  return question.catch((error: unknown) => (CandorError.is(error) ? error.reason : String(error)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

async function pidOf(child: LlamaProcess): Promise<number> {
  await until(() => child.pid !== undefined);
  return child.pid ?? 0;
}

describe('a child that dies', () => {
  it('at any moment leaves no question open and answers none twice', { timeout: 120_000 }, async () => {
    const child = processOf();
    const endings: string[] = [];
    let asked = 0;
    let kills = 0;
    const asking = (async () => {
      while (kills < 15) {
        const questions = Array.from({ length: 3 }, (_, part) => {
          asked++;
          const question = score(child, CODE.slice(100 * part, 100 * part + 200 + (asked % 7) * 40));
          return ending(question).then((end) => endings.push(end));
        });
        await Promise.all(questions);
      }
    })();
    // Every third dies while it loads, the others at some moment of their work.
    for (; kills < 15; kills++) {
      const answered = endings.filter((end) => end === 'scored').length;
      const pid = await pidOf(child);
      if (kills % 3 > 0) await until(() => endings.filter((end) => end === 'scored').length > answered);
      await sleep((kills * 37) % 200);
      process.kill(pid, 'SIGKILL');
      await until(() => child.pid !== pid);
    }
    await asking;
    expect(endings).toHaveLength(asked);
    expect([...new Set(endings)].sort()).toEqual(['engine-failed', 'scored']);
    expect(await ending(score(child, CODE))).toBe('scored');
  });

  it('takes only the question that it was at with it', async () => {
    const child = processOf();
    await score(child, 'x');
    const first = ending(score(child, CODE.repeat(4)));
    const second = ending(score(child, 'y'));
    process.kill(await pidOf(child), 'SIGKILL');
    expect(await first).toBe('engine-failed');
    expect(await second).toBe('scored');
  });
});

describe('a child that hangs', () => {
  it('is ended, and another answers the next question', async () => {
    const child = processOf({ silenceMs: 300 });
    await score(child, 'x');
    const pid = await pidOf(child);
    process.kill(pid, 'SIGSTOP');
    const [first, second] = [ending(score(child, 'a')), ending(score(child, 'b'))];
    expect(await first).toBe('engine-failed');
    expect(await second).toBe('scored');
    expect(isAlive(pid)).toBe(false);
  });

  it('while it loads is ended as well', async () => {
    const child = processOf({ loadMs: 200 });
    const question = ending(score(child, 'x'));
    process.kill(await pidOf(child), 'SIGSTOP');
    expect(await question).toBe('engine-failed');
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
    const questions = [score(child, 'a'), score(child, 'b'), score(child, 'c')].map(ending);
    expect(await Promise.all(questions)).toEqual([reason, reason, reason]);
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
    expect(await ending(score(child, 'a'))).toBe('scored');
    await child.close();
    whole.writeUInt8((whole.at(-1) ?? 0) ^ 1, whole.length - 1);
    writeFileSync(path, whole);
    expect(await ending(score(child, 'a'))).toBe('engine-failed');
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
    // The child stops as well: it does not finish a text that nobody waits for.
    const after = performance.now();
    expect(await score(child, 'x')).toBe('scored');
    expect(performance.now() - after).toBeLessThan(8000);
  });

  it('before the question starts nothing', async () => {
    const child = processOf();
    const reason = new Error('no');
    await expect(score(child, 'x', AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(child.pid).toBeUndefined();
  });
});

describe('giving back', () => {
  it('ends the child on close, fails what is open, and starts again when asked', async () => {
    const child = processOf();
    await score(child, 'x');
    const pid = await pidOf(child);
    const open = ending(score(child, CODE));
    await child.close();
    expect(await open).toBe('engine-failed');
    expect(isAlive(pid)).toBe(false);
    expect(await ending(score(child, 'x'))).toBe('scored');
  });

  it('ends a child that is asked nothing', async () => {
    const child = processOf({ idleMs: 50 });
    await score(child, 'x');
    const pid = await pidOf(child);
    await until(() => !isAlive(pid));
    expect(child.pid).toBeUndefined();
    expect(await ending(score(child, 'x'))).toBe('scored');
  });
});
