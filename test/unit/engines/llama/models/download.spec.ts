import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { CandorError } from '../../../../../src/core/candorError.ts';
import { findModel } from '../../../../../src/engines/llama/models/modelStore.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';
import { modelBytes, sha256, startHub, type FakeHub } from './downloadHub.ts';

const MODEL = modelBytes(300_000);
const NAME = 'hf:owner/repo/model.gguf';
const QUICK = { stallMs: 5_000, attempts: 3, backOffMs: 5, pollMs: 10 };
const STORE_URL = new URL('../../../../../src/engines/llama/models/modelStore.ts', import.meta.url);

let hub: FakeHub;
let folder: string;
let target: string;

beforeEach(async () => {
  hub = await startHub({ 'owner/repo/model.gguf': MODEL });
  folder = temporaryFolder();
  target = join(folder, 'owner', 'repo', 'model.gguf');
  hub.trouble.hasReceived = (length) => partLength() >= length;
});

function find(more: Partial<Parameters<typeof findModel>[1]> = {}): Promise<string> {
  return findModel(NAME, { folder, environment: { HF_ENDPOINT: hub.endpoint }, limits: QUICK, ...more });
}

/** A process of its own that does the same; ended with the test at the latest. */
function findElsewhere(): ChildProcess {
  const options = JSON.stringify({ folder, environment: { HF_ENDPOINT: hub.endpoint } });
  const script = `
    const { findModel } = await import(${JSON.stringify(STORE_URL.href)});
    await findModel(${JSON.stringify(NAME)}, ${options});`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

function gone(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waits = 0; !isSo(); waits++) {
    if (waits > 2_000) throw new Error('waited in vain');
    await sleep(5);
  }
}

function partLength(): number {
  return existsSync(`${target}.part`) ? statSync(`${target}.part`).size : -1;
}

function leavings(): string[] {
  return readdirSync(dirname(target)).filter((name) => name !== 'model.gguf');
}

function expectWhole(): void {
  expect(readFileSync(target).equals(MODEL)).toBe(true);
  expect(leavings()).toEqual([]);
}

describe('an interrupted download', () => {
  it('goes on where the connection was cut', async () => {
    hub.trouble.cutAfter = [100_000, 50_000];
    await find();
    expectWhole();
    expect(hub.byteRequests.map(({ range }) => range)).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
    const etag = `"${sha256(MODEL).slice(0, 32)}"`;
    expect(hub.byteRequests.map(({ ifRange }) => ifRange)).toEqual([undefined, etag, etag]);
  });

  it('may be interrupted more often than it is tried in vain', async () => {
    hub.trouble.cutAfter = Array<number>(8).fill(33_000);
    await find();
    expectWhole();
  });

  it('is given up when nothing new comes', async () => {
    hub.trouble.cutAfter = Array<number>(8).fill(0);
    const error: unknown = await find().catch((reason: unknown) => reason);
    expect(CandorError.is(error, 'engine-failed')).toBe(true);
    expect(hub.byteRequests).toHaveLength(QUICK.attempts);
  });

  it('is given up as well by a server that never goes on and always breaks off at one place', async () => {
    hub.trouble.ignoresRanges = true;
    hub.trouble.cutAfter = Array<number>(8).fill(100_000);
    const error: unknown = await find().catch((reason: unknown) => reason);
    expect(CandorError.is(error, 'engine-failed')).toBe(true);
    expect(hub.byteRequests.length).toBeLessThan(8);
  });

  it('begins anew where the server cannot go on', async () => {
    hub.trouble.ignoresRanges = true;
    hub.trouble.cutAfter = [100_000];
    await find();
    expectWhole();
    expect(hub.byteRequests[1]?.range).toBeDefined();
  });

  it('waits for no server that fell silent', async () => {
    hub.trouble.stallAfter = [100_000];
    await find({ limits: { ...QUICK, stallMs: 200 } });
    expectWhole();
    expect(hub.byteRequests).toHaveLength(2);
  });

  it.each([500, 502, 503, 429, 408, 403])('asks again after an answer %i', async (status) => {
    hub.trouble.statuses = [status];
    await find();
    expectWhole();
  });

  it('waits as long as the server asks it to', async () => {
    hub.trouble.statuses = [429];
    hub.trouble.retryAfter = '1';
    const began = performance.now();
    await find();
    expect(performance.now() - began).toBeGreaterThan(990);
  });
});

describe('a part that an earlier attempt left', () => {
  it('is gone on with after an abortion, which keeps it', async () => {
    hub.trouble.stallAfter = [100_000];
    const abort = new AbortController();
    const finding = find({ signal: abort.signal });
    await until(() => partLength() >= 65_536);
    abort.abort('enough');
    await expect(finding).rejects.toBe('enough');
    expect(leavings().toSorted()).toEqual(['model.gguf.part', 'model.gguf.part.json']);
    const kept = partLength();
    expect(kept).toBeGreaterThanOrEqual(65_536);
    await find();
    expectWhole();
    expect(hub.byteRequests[1]?.range).toBe(`bytes=${kept}-`);
  });

  it('is gone on with after its process was killed', async () => {
    hub.trouble.stallAfter = [100_000];
    const child = findElsewhere();
    await until(() => partLength() >= 65_536);
    const dead = gone(child);
    child.kill('SIGKILL');
    await dead;
    expect(leavings()).toContain('model.gguf.lock');
    const began = performance.now();
    await find();
    expectWhole();
    expect(performance.now() - began).toBeLessThan(QUICK.stallMs);
    expect(hub.byteRequests[1]?.range).toMatch(/^bytes=[1-9]/);
  });

  it('holds whenever its process is killed', async () => {
    hub.trouble.paceMs = 12;
    for (const kill of [0, 1, 2]) {
      const child = findElsewhere();
      const dead = gone(child);
      await until(() => hub.byteRequests.length > kill || child.exitCode !== null);
      await sleep(20 * kill);
      child.kill('SIGKILL');
      await dead;
    }
    await find();
    expectWhole();
  });

  it('is thrown away when the file is another one by now', async () => {
    const abort = new AbortController();
    hub.trouble.stallAfter = [100_000];
    const finding = find({ signal: abort.signal });
    await until(() => partLength() >= 65_536);
    abort.abort();
    await finding.catch(() => undefined);
    const next = modelBytes(250_000, 7);
    hub.files.set('owner/repo/model.gguf', next);
    await find();
    expect(readFileSync(target).equals(next)).toBe(true);
    expect(hub.byteRequests.at(-1)?.range).toBeUndefined();
  });

  it('begins anew when the server has another mark for it', async () => {
    hub.trouble.etag = '"one"';
    hub.trouble.cutAfter = [100_000];
    const finding = find({ limits: { ...QUICK, backOffMs: 200 } });
    await until(() => hub.byteRequests.length === 1 && hub.trouble.cutAfter.length === 0);
    hub.trouble.etag = '"two"';
    await finding;
    expectWhole();
  });

  it.each([
    ['is complete', MODEL],
    ['is longer than the file', Buffer.concat([MODEL, MODEL])],
    ['is empty', Buffer.alloc(0)],
    ['is the beginning', MODEL.subarray(0, 123_456)],
  ])('%s', async (_, bytes) => {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.part`, bytes);
    writeFileSync(`${target}.part.json`, JSON.stringify({ sha256: sha256(MODEL), etag: null }));
    await find();
    expectWhole();
    expect(hub.byteRequests.map(({ range }) => range)).toEqual(
      bytes === MODEL ? [] : bytes.length === 123_456 ? ['bytes=123456-'] : [undefined],
    );
  });

  it('is complete, of a file whose length nobody declared', async () => {
    const digest = sha256(MODEL);
    target = join(folder, `sha256-${digest}`, 'model.gguf');
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.part`, MODEL);
    writeFileSync(`${target}.part.json`, JSON.stringify({ sha256: digest, etag: null }));
    await findModel(`${hub.bytesOrigin}/owner/repo/model.gguf#sha256=${digest}`, { folder, limits: QUICK });
    expectWhole();
    expect(hub.byteRequests).toHaveLength(1);
  });

  it.each(['', '{', '{"sha256":3}', 'null'])('with the record %j is not trusted', async (record) => {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.part`, modelBytes(100, 9));
    writeFileSync(`${target}.part.json`, record);
    await find();
    expectWhole();
    expect(hub.byteRequests[0]?.range).toBeUndefined();
  });

  it('with other bytes than those of the file is found out by the hash', async () => {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.part`, modelBytes(100_000, 9));
    writeFileSync(`${target}.part.json`, JSON.stringify({ sha256: sha256(MODEL), etag: null }));
    const error: unknown = await find().catch((reason: unknown) => reason);
    expect(CandorError.is(error, 'corrupt')).toBe(true);
    expect(leavings()).toEqual([]);
  });
});

describe('several that want the same model', () => {
  it('in one process download it once', async () => {
    hub.trouble.paceMs = 1;
    const paths = await Promise.all(Array.from({ length: 6 }, () => find()));
    expect(new Set(paths)).toEqual(new Set([target]));
    expectWhole();
    expect(hub.byteRequests).toHaveLength(1);
  });

  it('in two processes download it once, and the one that waits sees how far it is', async () => {
    hub.trouble.stallAfter = [100_000];
    const child = findElsewhere();
    await until(() => partLength() >= 65_536);
    const seen: number[] = [];
    const finding = find({ onProgress: (done) => seen.push(done) });
    await until(() => seen.length > 0);
    const ended = gone(child);
    hub.trouble.goOn();
    expect(await finding).toBe(target);
    expect(await ended).toBe(0);
    expectWhole();
    expect(seen[0]).toBeGreaterThanOrEqual(65_536);
    expect(hub.byteRequests).toHaveLength(1);
  });

  it('can stop waiting', async () => {
    hub.trouble.stallAfter = [100_000];
    findElsewhere();
    await until(() => partLength() >= 65_536);
    await expect(find({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(leavings()).toContain('model.gguf.lock');
  });

  it('all find the lock of one that is no more, and still one alone takes it', async () => {
    const child = spawn(process.execPath, ['--eval', '']);
    await gone(child);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.lock`, `${child.pid} dead ${homeOfProcess()}`);
    hub.trouble.paceMs = 1;
    await Promise.all(Array.from({ length: 8 }, () => find()));
    expectWhole();
    expect(hub.byteRequests).toHaveLength(1);
  });

  it('wait for one elsewhere only as long as it shows that it lives', async () => {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.lock`, '1 unknown another machine');
    const began = performance.now();
    await find({ limits: { ...QUICK, staleMs: 300 } });
    expect(performance.now() - began).toBeGreaterThan(300);
    expectWhole();
  });
});

/** As the lock names the place that numbers this process. */
function homeOfProcess(): string {
  const namespace = '/proc/self/ns/pid';
  return `${hostname()} ${existsSync(namespace) ? readlinkSync(namespace) : ''}`;
}
