import { describe, expect, it, onTestFinished } from 'vitest';
import { openObjectReader, type ObjectReader } from '../../../src/history/objectReader.ts';
import { openRepository } from '../../../src/history/openRepository.ts';
import { git, gitRepository } from '../../support/gitRepository.ts';

async function readerOf(folder: string, signal?: AbortSignal): Promise<ObjectReader> {
  const reader = openObjectReader(await openRepository(folder), signal);
  onTestFinished(() => reader.close());
  return reader;
}

const blobOf = (folder: string, path: string): string => git(folder, 'rev-parse', `HEAD:${path}`).trim();

const MOST = 1 << 20;

describe('the reader of objects', () => {
  it('reads what was asked for, in whatever order, however long it is', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`f${index}.txt`, `${index}\n`.repeat(1 + (index % 7) ** 5)]),
    );
    const folder = gitRepository(files);
    const reader = await readerOf(folder);
    const tree = git(folder, 'ls-tree', '-r', 'HEAD').trim().split('\n');
    const contents = await Promise.all(
      tree.map(async (line) => {
        const [, , blob = '', path = ''] = line.split(/\s/);
        return [path, (await reader.read(blob, MOST))?.toString()] as const;
      }),
    );
    expect(Object.fromEntries(contents)).toEqual(files);
  });

  it('has nothing for what is missing, no blob, no hash, too long or binary', async () => {
    const folder = gitRepository({ 'a.js': 'abc', 'b.bin': 'a\0b', 'empty.js': '' });
    const reader = await readerOf(folder);
    expect(await reader.read('0'.repeat(40), MOST)).toBeNull();
    expect(await reader.read(git(folder, 'rev-parse', 'HEAD').trim(), MOST)).toBeNull();
    expect(await reader.read('HEAD:a.js', MOST)).toBeNull();
    expect(await reader.read(`x\n${blobOf(folder, 'a.js')}`, MOST)).toBeNull();
    expect(await reader.read(blobOf(folder, 'a.js'), 2)).toBeNull();
    expect(await reader.read(blobOf(folder, 'b.bin'), MOST)).toBeNull();
    expect((await reader.read(blobOf(folder, 'a.js'), 3))?.toString()).toBe('abc');
    expect((await reader.read(blobOf(folder, 'empty.js'), 3))?.toString()).toBe('');
  });

  it('fails what is asked after it was closed, and with the reason when aborted', async () => {
    const folder = gitRepository({ 'a.js': 'abc' });
    const reader = await readerOf(folder);
    await reader.close();
    await expect(reader.read(blobOf(folder, 'a.js'), MOST)).rejects.toMatchObject({ reason: 'unsupported' });
    const abort = new AbortController();
    const other = await readerOf(folder, abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(other.read(blobOf(folder, 'a.js'), MOST)).rejects.toBe(reason);
  });
});
