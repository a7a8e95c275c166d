import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FaultyFile } from '../../../../src/lab/faults/plantFaults.ts';
import { faultItems, type FaultItem } from '../../../../src/lab/localisation/faultItems.ts';
import { detectLanguage } from '../../../../src/syntax/detectLanguage.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

const files: readonly FaultyFile[] = readdirSync(join(root, 'test/fixtures/sample'), {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort()
  .flatMap((path) => {
    const language = detectLanguage(path);
    return language === null ? [] : [{ path, language, text: readFileSync(join(root, path), 'utf8') }];
  });

const draw = (most: number, seed = 1): Promise<readonly FaultItem[]> =>
  faultItems(files, { seed, most, parser: inProcessParser, repository: 'o/r' });

describe('functions with a planted slip', () => {
  it('differ from their files in a line of the function', async () => {
    const items = await draw(Infinity);
    expect(items.length).toBeGreaterThan(10);
    for (const { item, path } of items) {
      const file = files.find((one) => one.path === path)!.text;
      expect(file.startsWith(item.prefix) && file.endsWith(item.suffix)).toBe(true);
      const before = file.slice(item.prefix.length, file.length - item.suffix.length).split('\n');
      const after = item.text.split('\n');
      expect(after).not.toEqual(before);
      expect(item.faults.length).toBeGreaterThan(0);
      expect(item.faults.at(-1)).toBeLessThan(after.length);
      // Where the number of lines is the same, what differs is faulty, or the line before the fault.
      if (after.length === before.length) {
        const differs = after.flatMap((line, at) => (line === before[at] ? [] : [at]));
        expect(differs.some((line) => item.faults.some((fault) => fault >= line))).toBe(true);
      }
      expect(item).toMatchObject({ group: `o/r ${path}`, path });
      expect(item.id.startsWith(`o/r ${path}:`)).toBe(true);
    }
  });

  it('are drawn by the seed, the same ones every time, and no more than asked for', async () => {
    const all = await draw(Infinity);
    const some = await draw(5);
    expect(some).toHaveLength(5);
    expect(await draw(5)).toEqual(some);
    expect(all.slice(0, 5)).toEqual(some);
    expect(await draw(5, 2)).not.toEqual(some);
  });
});
