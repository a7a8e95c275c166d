import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const WAIT_MS = 10 * 60_000;
const POLL_MS = 250;

/**
 * A folder that is either absent or whole: it is filled beside its place and moved there when it is done, so that a
 * killed install leaves nothing that a later run would take. A lock saves two processes the same work; that a stale one
 * is broken twice costs only that work, since the second move finds the place taken.
 */
export async function installOnce(folder: string, fill: (beside: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`, () => existsSync(folder));
  try {
    if (existsSync(folder)) return folder;
    const beside = join(dirname(folder), `.${basename(folder)}-${process.pid}`);
    rmSync(beside, { recursive: true, force: true });
    mkdirSync(beside);
    try {
      await fill(beside);
      moveUnlessTaken(beside, folder);
    } finally {
      rmSync(beside, { recursive: true, force: true });
    }
    return folder;
  } finally {
    unlock();
  }
}

function moveUnlessTaken(beside: string, folder: string): void {
  try {
    renameSync(beside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Takes a lock file that names its owner, or waits until its owner is gone or the wait has no point any more. */
async function lock(path: string, pointless: () => boolean): Promise<() => void> {
  const own = `${path}-${process.pid}`;
  const deadline = Date.now() + WAIT_MS;
  writeFileSync(own, String(process.pid));
  try {
    for (;;) {
      try {
        linkSync(own, path); // Unlike a write, it never shows a lock without its owner.
        return () => {
          rmSync(path, { force: true });
        };
      } catch (error) {
        if (!isTaken(error)) throw error;
      }
      if (pointless()) return () => undefined;
      if (!ownerLives(path)) rmSync(path, { force: true });
      else if (Date.now() > deadline) throw new Error(`Another process has been installing for too long: see ${path}.`);
      else await delay(POLL_MS);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

function ownerLives(path: string): boolean {
  try {
    process.kill(Number(readFileSync(path, 'utf8')), 0);
    return true;
  } catch (error) {
    // Somebody else's process lives too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
