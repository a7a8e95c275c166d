import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DOWNLOAD_LIMITS } from '../../../../../src/engines/llama/models/downloadLimits.ts';
import { takeLock } from '../../../../../src/engines/llama/models/downloadLock.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const LIMITS = { ...DEFAULT_DOWNLOAD_LIMITS, pollMs: 1 };
/** No process has it: past the largest that any system gives. */
const NO_PID = 2 ** 30;

describe('the lock of a download', () => {
  it('is with one alone, however many find a dead one at the same time', async () => {
    const path = join(temporaryFolder(), 'lock');
    let holders = 0;
    for (let round = 0; round < 15; round++) {
      const probe = await takeLock(path, LIMITS, () => undefined, undefined);
      const home = readFileSync(path, 'utf8').split(' ').slice(2).join(' ');
      await probe.release();
      writeFileSync(path, `${NO_PID} dead-${round} ${home}`);
      await Promise.all(
        Array.from({ length: 12 }, async () => {
          const lock = await takeLock(path, LIMITS, () => undefined, undefined);
          expect(++holders).toBe(1);
          await new Promise(setImmediate);
          expect(await lock.isHeld()).toBe(true);
          holders--;
          await lock.release();
        }),
      );
    }
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('is not waited for when its maker died in the middle of taking over from another', async () => {
    const path = join(temporaryFolder(), 'lock');
    const probe = await takeLock(path, LIMITS, () => undefined, undefined);
    const home = readFileSync(path, 'utf8').split(' ').slice(2).join(' ');
    await probe.release();
    writeFileSync(path, `${NO_PID} first ${home}`);
    writeFileSync(`${path}.first`, `${NO_PID} second ${home}`);
    const lock = await takeLock(path, LIMITS, () => undefined, undefined);
    expect(await lock.isHeld()).toBe(true);
    await lock.release();
  });

  it('is kept by one that shows that it lives, and its waiters can give up', async () => {
    const path = join(temporaryFolder(), 'lock');
    const limits = { ...LIMITS, beatMs: 10, staleMs: 150 };
    const lock = await takeLock(path, limits, () => undefined, undefined);
    let waits = 0;
    const waiting = takeLock(path, limits, () => waits++, AbortSignal.timeout(600));
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(waits).toBeGreaterThan(2);
    expect(await lock.isHeld()).toBe(true);
    await lock.release();
  });

  it('is not released for another who took it over', async () => {
    const path = join(temporaryFolder(), 'lock');
    const lock = await takeLock(path, LIMITS, () => undefined, undefined);
    writeFileSync(path, '1 other elsewhere');
    expect(await lock.isHeld()).toBe(false);
    await lock.release();
    expect(readFileSync(path, 'utf8')).toBe('1 other elsewhere');
  });
});
