import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { installOnce } from '../vscode/installOnce.ts';

const write = (content: string) => (folder: string) => {
  writeFileSync(join(folder, 'file'), content);
  return Promise.resolve();
};

test('two that ask at once share one install', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'cache', 'it');
  let installs = 0;
  const fill = async (beside: string): Promise<void> => {
    installs++;
    await delay(20);
    await write('whole')(beside);
    expect(existsSync(folder)).toBe(false);
  };
  expect(await Promise.all([installOnce(folder, fill), installOnce(folder, fill)])).toEqual([folder, folder]);
  expect(installs).toBe(1);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('whole');
  expect(readdirSync(join(home, 'cache'))).toEqual(['it']);
});

test('an install that fails leaves nothing, and the next one is made anew', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'it');
  const fail = async (beside: string): Promise<void> => {
    await write('half')(beside);
    throw new Error('no network');
  };
  await expect(installOnce(folder, fail)).rejects.toThrow('no network');
  expect(readdirSync(home)).toEqual([]);
  await installOnce(folder, write('whole'));
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('whole');
});

test('the lock of a process that is gone holds nobody up', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'it');
  // Above the largest process id of any system.
  writeFileSync(`${folder}.lock`, '2000000000');
  await installOnce(folder, write('whole'));
  expect(readdirSync(home)).toEqual(['it']);
});
