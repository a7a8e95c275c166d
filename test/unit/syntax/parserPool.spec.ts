import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CandorError } from '../../../src/core/candorError.ts';
import { languageEntry, RUNTIME_WASM } from '../../../src/syntax/languages.ts';
import { createParserPool, type ParserPool, type ParserPoolOptions } from '../../../src/syntax/parserPool.ts';
import { isSkipped } from '../../../src/syntax/skipped.ts';
import { grammarsFolder } from '../../grammarsFolder.ts';
import { SAMPLES, spansOf } from './samples.ts';

const WORKER = new URL('../../../src/syntax/parseWorker.ts', import.meta.url);
const CRASHING_WORKER = new URL('./crashingWorker.ts', import.meta.url);
const LONG = 'f(a, [b, c], { d: 1 });\n'.repeat(100_000);

const pools: ParserPool[] = [];

function startPool(options: Partial<ParserPoolOptions> = {}): ParserPool {
  const pool = createParserPool({ workerUrl: WORKER, grammarsUrl: grammarsFolder(), threads: 2, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const failsWith = (reason: 'parser-failed' | 'corrupt') => (error: unknown) => CandorError.is(error, reason);

describe('createParserPool', () => {
  it('gives the same spans as parsing in this thread', async () => {
    const pool = startPool();
    const samples = SAMPLES.filter(({ language }) => ['go', 'python', 'javascript'].includes(language));
    expect(samples).toHaveLength(6);
    const answers = await Promise.all(samples.map(({ text, language }) => pool.spans(text, language)));
    for (const [index, { text, language }] of samples.entries()) {
      expect(answers[index]).toEqual(await spansOf(text, language));
    }
  });

  it('answers for texts without a grammar', async () => {
    expect(await startPool().spans('a\nb', 'lines')).toMatchObject({ language: 'lines', length: 3 });
  });

  it('tells which replacements keep parsing', async () => {
    const pool = startPool();
    expect(await pool.keepsParsing('x = 1', 'python', 4, 5, ['2', '(', 'f(y)'])).toEqual([true, false, true]);
  });

  it('answers a cancelled question at once, and goes on', async () => {
    const pool = startPool({ threads: 1 });
    await pool.spans('a', 'javascript');
    const controller = new AbortController();
    const started = performance.now();
    const long = pool.spans(LONG, 'javascript', controller.signal);
    const queued = pool.spans('b', 'javascript', controller.signal);
    const other = pool.spans('c', 'javascript');
    setTimeout(() => {
      controller.abort();
    }, 20);
    expect(await long).toEqual({ skipped: 'cancelled' });
    expect(await queued).toEqual({ skipped: 'cancelled' });
    expect(await other).toMatchObject({ textLength: 1 });
    // The thread itself stopped, too: parsing this text takes seconds.
    expect(performance.now() - started).toBeLessThan(1500);
    expect(await pool.spans('d', 'javascript', controller.signal)).toEqual({ skipped: 'cancelled' });
  });

  it('passes limits on', async () => {
    const pool = startPool({ limits: { maxLength: 3, maxMs: 1000 } });
    expect(await pool.spans('1234', 'go')).toEqual({ skipped: 'too-long' });
    expect(await pool.keepsParsing('1234', 'go', 0, 1, ['2'])).toEqual({ skipped: 'too-long' });
  });

  it('reports a grammar that is no grammar, and parses other languages meanwhile', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'candor-grammars-'));
    try {
      const whole = grammarsFolder();
      for (const file of [RUNTIME_WASM, languageEntry('go').wasm])
        copyFileSync(new URL(file, whole), join(folder, file));
      writeFileSync(join(folder, languageEntry('rust').wasm), 'not wasm at all');
      const pool = startPool({ grammarsUrl: pathToFileURL(`${folder}/`) });
      await expect(pool.spans('fn f() {}', 'rust')).rejects.toSatisfy(failsWith('corrupt'));
      await expect(pool.spans('x', 'ruby')).rejects.toSatisfy(failsWith('corrupt'));
      expect(await pool.spans('package a', 'go')).toMatchObject({ language: 'go' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['exit', 'throw', 'uncaught'])('survives a worker that dies (%s)', async (death) => {
    const pool = startPool({ workerUrl: CRASHING_WORKER });
    expect(await pool.spans('abc', 'go')).toEqual({ length: 3 });
    const questions = [death, 'abcd', death, 'abcde', death, 'abcdef'].map((text) => pool.spans(text, 'go'));
    const answers = await Promise.allSettled(questions);
    for (const [index, answer] of answers.entries()) {
      if (index % 2 === 1) expect(answer).toEqual({ status: 'fulfilled', value: { length: 4 + (index >> 1) } });
      else expect(answer.status === 'rejected' && failsWith('parser-failed')(answer.reason)).toBe(true);
    }
    expect(await pool.spans('ab', 'go')).toEqual({ length: 2 });
  });

  it('ends a thread that does not come back, and only that one', async () => {
    const pool = startPool({ workerUrl: CRASHING_WORKER, threads: 1, limits: { maxLength: 100, maxMs: 10 } });
    const stuck = pool.spans('spin', 'go');
    const waiting = pool.spans('abc', 'go');
    await expect(stuck).rejects.toSatisfy(failsWith('parser-failed'));
    expect(await waiting).toEqual({ length: 3 });
  });

  it('fails, and does not hang, when no worker can start', async () => {
    const pool = startPool({ workerUrl: new URL('./noSuchWorker.ts', import.meta.url) });
    for (let round = 0; round < 3; round++) {
      const questions = Array.from({ length: 4 }, () => pool.spans('a', 'go'));
      for (const question of await Promise.allSettled(questions)) {
        expect(question.status === 'rejected' && failsWith('parser-failed')(question.reason)).toBe(true);
      }
    }
  });

  it('answers what is open as cancelled when it closes, and all that comes after', async () => {
    const pool = startPool({ workerUrl: CRASHING_WORKER });
    const open = pool.spans('wait', 'go');
    await pool.spans('a', 'go');
    await pool.close();
    const answer = await open;
    expect(isSkipped(answer)).toBe(true);
    expect(await pool.spans('a', 'go')).toEqual({ skipped: 'cancelled' });
  });
});
