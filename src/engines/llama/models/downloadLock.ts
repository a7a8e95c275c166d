import { randomUUID } from 'node:crypto';
import { readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isErrno } from './downloadErrors.ts';
import type { DownloadLimits } from './downloadLimits.ts';
import { pause } from './downloadRequest.ts';

/** The right to write a file, among all processes that see its folder. */
export interface DownloadLock {
  /** Whether it is still ours; another process may have taken us for dead. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * Makes the file `path`, which only one can make, and touches it while it is held. Whoever finds it waits: until it is
 * gone; until its maker is no more, if that ran on this machine; or until it was not touched for `staleMs`, measured by
 * the waiter's own clock, so that clocks need not agree and a machine may sleep.
 *
 * Between finding a lock dead and removing it, another may have removed it and made a new one. So the right to remove
 * the lock of one maker is itself a lock, named after that maker, and who has it looks again.
 *
 * @param onWait called before each wait
 * @throws the signal's reason; what the file system throws
 */
export async function takeLock(
  path: string,
  limits: DownloadLimits,
  onWait: () => void,
  signal: AbortSignal | undefined,
): Promise<DownloadLock> {
  const { beatMs, staleMs, pollMs } = limits;
  const home = await homeOfProcess();
  const mark = `${process.pid} ${randomUUID().slice(-12)} ${home}`;
  let seen = '';
  let seenAtMs = 0;
  while (!(await makeFile(path, mark))) {
    signal?.throwIfAborted();
    const found = await lookAt(path);
    if (found === null) continue;
    const state = `${found.touchedMs} ${found.mark}`;
    if (state !== seen) [seen, seenAtMs] = [state, performance.now()];
    if (isDead(found.mark, home) || performance.now() - seenAtMs > staleMs) {
      const right = await takeLock(`${path}.${makerOf(found.mark)}`, limits, onWait, signal);
      if ((await lookAt(path))?.mark === found.mark) await rm(path, { force: true });
      await right.release();
    } else {
      onWait();
      await pause(pollMs, signal);
    }
  }
  const beat = setInterval(() => {
    utimes(path, new Date(), new Date()).catch(() => undefined);
  }, beatMs).unref();
  const isHeld = async (): Promise<boolean> => (await lookAt(path))?.mark === mark;
  return {
    isHeld,
    async release() {
      clearInterval(beat);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

/** What tells apart the places that number their processes by themselves: machines, and containers on them. */
async function homeOfProcess(): Promise<string> {
  return `${hostname()} ${await readlink('/proc/self/ns/pid').catch(() => '')}`;
}

async function makeFile(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

async function lookAt(path: string): Promise<{ readonly mark: string; readonly touchedMs: number } | null> {
  try {
    const [mark, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return { mark, touchedMs: mtimeMs };
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** The part of a mark that no other has. */
function makerOf(mark: string): string {
  return /^\d+ ([\w-]+) /.exec(mark)?.[1] ?? 'unknown';
}

function isDead(mark: string, home: string): boolean {
  const [, pid, madeIn] = /^(\d+) \S+ (.*)$/.exec(mark) ?? [];
  if (pid === undefined || madeIn !== home) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isErrno(error, 'ESRCH');
  }
}
