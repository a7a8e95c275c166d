import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderLanes, type FolderLanes } from '../../../../src/app/looking/folderLanes.ts';

/** Work that ends when it is told to, and notes in which lane it began. */
function heldWork(lanes: FolderLanes): {
  readonly begun: string[];
  readonly ask: (file: string) => Promise<string>;
  readonly end: (file: string) => Promise<void>;
} {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    ask: (file) =>
      lanes.run(file.slice(0, 1), (lane) => {
        begun.push(`${file} in ${lane}`);
        return new Promise((resolve) => {
          ends.set(file, () => {
            resolve(`${file} done`);
          });
        });
      }),
    async end(file) {
      ends.get(file)?.();
      await setImmediate();
    },
  };
}

describe('folderLanes', () => {
  it('keeps a lane in its folder, and sends another to the first file of a folder that nobody is in', async () => {
    const { begun, ask, end } = heldWork(folderLanes(2));
    const asked = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map(ask);
    // Nobody waited but a2 when the second lane was free.
    expect(begun).toEqual(['a1 in 0', 'a2 in 1']);
    for (const file of ['a2', 'a3', 'b1', 'b2', 'c1', 'a1']) await end(file);
    expect(begun.slice(2)).toEqual(['a3 in 1', 'b1 in 1', 'b2 in 1', 'c1 in 1']);
    expect(await Promise.all(asked)).toEqual(['a1 done', 'a2 done', 'a3 done', 'b1 done', 'b2 done', 'c1 done']);
  });

  it('goes on after work that failed', async () => {
    const lanes = folderLanes(1);
    const failing = lanes.run('a', () => Promise.reject(new Error('no')));
    const after = lanes.run('a', (lane) => Promise.resolve(lane));
    await expect(failing).rejects.toThrow('no');
    expect(await after).toBe(0);
  });

  it('does all that it is asked, each lane one thing at a time', async () => {
    const files = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 4 }), async (folders, count) => {
        const lanes = folderLanes(count);
        const busy = new Set<number>();
        const answers = folders.map((folder, file) =>
          lanes.run(folder, async (lane) => {
            expect(busy.has(lane)).toBe(false);
            expect(lane).toBeLessThan(count);
            busy.add(lane);
            for (let tick = file % 3; tick >= 0; tick--) await setImmediate();
            busy.delete(lane);
            return file;
          }),
        );
        expect(await Promise.all(answers)).toEqual([...folders.keys()]);
      }),
      { numRuns: 50 },
    );
  });
});
