import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { runIsolated, type IsolatedCommand } from '../../../../src/lab/sandbox/runIsolated.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const LIMITS = { wallMs: 20_000, cpuSeconds: 20, memoryBytes: 2 ** 40, fileBytes: 2 ** 20, processCount: 4096 };

const shell = (script: string, more: Partial<IsolatedCommand> = {}): IsolatedCommand => ({
  program: 'sh',
  args: ['-c', script],
  folder: temporaryFolder(),
  limits: LIMITS,
  ...more,
});

const runsNode = (script: string): IsolatedCommand => ({
  program: process.execPath,
  args: ['-e', script],
  folder: temporaryFolder(),
  limits: LIMITS,
});

/** Whether this machine can shut a command off; null as the reason where it can. */
const refusal: unknown = await (async () => {
  try {
    await runIsolated({ program: 'true', args: [], folder: dirname(process.execPath), limits: LIMITS });
    return null;
  } catch (error) {
    return error;
  }
})();

test('a machine either shuts commands off or says that it cannot', () => {
  expect(refusal === null || CandorError.is(refusal, 'unsupported'), String(refusal)).toBe(true);
});

test('a folder that is missing, and the whole machine, are refused', async () => {
  const missing = join(temporaryFolder(), 'missing');
  await expect(runIsolated(shell('true', { folder: missing }))).rejects.toMatchObject({ reason: 'not-found' });
  await expect(runIsolated(shell('true', { folder: '/' }))).rejects.toMatchObject({ reason: 'bad-call' });
});

test('an aborted call rejects with the reason', async () => {
  const reason = new Error('enough');
  await expect(runIsolated(shell('true', { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
});

describe.skipIf(refusal !== null)('a command on its own', () => {
  test('gives its output and exit code', async () => {
    const outcome = await runIsolated(shell('echo out; echo err >&2; exit 7'));
    expect(outcome).toEqual({ exitCode: 7, stdout: 'out\n', stderr: 'err\n' });
  });

  test('finds the programs of folders that are named, which cannot stand in for what shuts it off', async () => {
    const folder = temporaryFolder();
    for (const name of ['unshare', 'mount', 'setpriv', 'prlimit', 'hello']) {
      writeFileSync(join(folder, name), '#!/bin/sh\necho mine\n', { mode: 0o755 });
    }
    const outcome = await runIsolated(shell('hello; touch /etc/escaped', { folder, programFolders: [folder] }));
    expect(outcome.stdout).toBe('mine\n');
    expect(outcome.stderr).toContain('Read-only');
  });

  test('cannot begin again: where namespaces are refused nothing is run', async () => {
    const folder = temporaryFolder();
    const module = new URL('../../../../src/lab/sandbox/runIsolated.ts', import.meta.url).href;
    const script = `
      const { runIsolated } = await import('${module}');
      const command = { program: 'touch', args: ['ran'], folder: '.', limits: ${JSON.stringify(LIMITS)} };
      await runIsolated(command).catch((error) => console.log(error.name, error.reason));`;
    const args = ['--input-type=module', '-e', script];
    const outcome = await runIsolated({ program: process.execPath, args, folder, limits: LIMITS });
    expect(outcome.stdout, outcome.stderr).toBe('CandorError unsupported\n');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  test('works in its folder and can write there', async () => {
    const folder = temporaryFolder({ 'input.txt': 'given' });
    const outcome = await runIsolated(shell('pwd; cat input.txt; echo made > output.txt', { folder }));
    expect(outcome.stdout).toBe(`${folder}\ngiven`);
    expect(readFileSync(join(folder, 'output.txt'), 'utf8')).toBe('made\n');
  });

  test('reaches no network: not even a server on this machine', async () => {
    const server = createServer((socket) => socket.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as { port: number };
    const script = (host: string, at: number): string => `
      require('node:net').connect(${at}, '${host}')
        .on('data', (data) => console.log(String(data)))
        .on('error', (error) => console.log(error.code));`;
    const local = await runIsolated(runsNode(script('127.0.0.1', port)));
    expect(local.stdout).toMatch(/^(?:ECONNREFUSED|ENETUNREACH)\n$/);
    const far = await runIsolated(runsNode(script('192.0.2.1', 80)));
    expect(far.stdout).toMatch(/^(?:ENETUNREACH|ECONNREFUSED)\n$/);
  });

  test('cannot write outside its folder, nor make that possible', async () => {
    const outside = temporaryFolder({ 'kept.txt': 'kept' });
    const beside = join(tmpdir(), `candor-escape-${process.pid}`);
    onTestFinished(() => {
      rmSync(beside, { force: true });
    });
    const targets = [join(outside, 'kept.txt'), beside, join(process.cwd(), 'escaped'), '/etc/escaped', '/dev/escaped'];
    const writes = targets.map((target) => `(echo escaped > '${target}') 2>/dev/null && echo wrote '${target}'`);
    const undo = 'mount -o remount,rw,bind / 2>/dev/null && echo remounted; umount /tmp 2>/dev/null && echo uncovered';
    const nested = `unshare --user --map-root-user --mount sh -c 'mount -o remount,rw,bind /' 2>/dev/null && echo nested`;
    const { stdout, exitCode } = await runIsolated(shell([undo, nested, ...writes, 'echo end'].join('\n')));
    expect(stdout).toBe('end\n');
    expect(exitCode).toBe(0);
    expect(readFileSync(join(outside, 'kept.txt'), 'utf8')).toBe('kept');
    expect(targets.slice(1).filter((target) => existsSync(target))).toEqual([]);
  });

  test('has no privilege and sees no process but its own', async () => {
    const { stdout } = await runIsolated(shell('grep ^CapEff /proc/self/status; ls /proc | grep -c "^[0-9]"'));
    const [capabilities, processes] = stdout.trim().split('\n');
    expect(capabilities).toMatch(/^CapEff:\s*0+$/);
    expect(Number(processes)).toBeLessThan(8);
  });

  test('gets a clean environment', async () => {
    process.env.CANDOR_TEST_SECRET = 'secret';
    onTestFinished(() => {
      delete process.env.CANDOR_TEST_SECRET;
    });
    const { stdout } = await runIsolated(shell('env'));
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/=.*/, ''))
      .sort();
    expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
    ]);
  });

  test('is killed on time with its children', async () => {
    const folder = temporaryFolder();
    // The child writes on, in a session of its own, as long as it lives.
    const script = `setsid sh -c 'while :; do date +%s%N > alive; sleep 0.05; done' & sleep 60`;
    const began = performance.now();
    const outcome = await runIsolated(shell(script, { folder, limits: { ...LIMITS, wallMs: 1_000 } }));
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(outcome.exitCode).toBe(null);
    const last = readFileSync(join(folder, 'alive'), 'utf8');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(readFileSync(join(folder, 'alive'), 'utf8')).toBe(last);
  });

  test('leaves nothing running when it ends by itself', async () => {
    const folder = temporaryFolder();
    const script = `setsid sh -c 'while :; do date +%s%N > alive; sleep 0.05; done' & while [ ! -s alive ]; do sleep 0.02; done`;
    expect((await runIsolated(shell(script, { folder }))).exitCode).toBe(0);
    const last = readFileSync(join(folder, 'alive'), 'utf8');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(readFileSync(join(folder, 'alive'), 'utf8')).toBe(last);
  });

  test('is killed when the call is aborted, and the call rejects with the reason', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => {
      abort.abort(reason);
    }, 300);
    await expect(runIsolated(shell('sleep 60', { signal: abort.signal }))).rejects.toBe(reason);
  });

  test('is held to its processor time, memory and size of files', async () => {
    const busy = await runIsolated(shell('while :; do :; done', { limits: { ...LIMITS, cpuSeconds: 1 } }));
    expect(busy.exitCode).toBeGreaterThan(128);
    const greedy = `head -c 200000000 /dev/zero | tail -c 200000000 | wc -c`;
    const small = await runIsolated(shell(greedy, { limits: { ...LIMITS, memoryBytes: 50_000_000 } }));
    expect(small.stdout).not.toBe('200000000\n');
    const folder = temporaryFolder();
    await runIsolated(shell('head -c 5000 /dev/zero > big', { folder, limits: { ...LIMITS, fileBytes: 1_000 } }));
    expect(readFileSync(join(folder, 'big')).length).toBe(1_000);
  });

  test.skipIf(process.getuid?.() === 0)('is held to its number of processes', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8 9; do sleep 1 & done; wait';
    const outcome = await runIsolated(shell(script, { limits: { ...LIMITS, processCount: 3 } }));
    expect(outcome.stderr).toMatch(/fork/i);
  });

  test('keeps the first megabyte of what it prints, and reads the rest', async () => {
    const { exitCode, stdout } = await runIsolated(shell('yes | head -c 3000000; echo done >&2'));
    expect(exitCode).toBe(0);
    expect(stdout.length).toBe(1_000_000);
  });
});
