import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FaultRow } from '../../../../src/lab/faults/faultRow.ts';
import { makeFaults } from '../../../../src/lab/faults/makeFaults.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const functionOf = (name: string): string =>
  `def ${name}(a, b):\n    if a < b:\n        return 1\n    c = g(a, b)\n    return c + 10\n`;

const folder = (): string =>
  temporaryFolder({
    'one.py': [functionOf('f'), functionOf('g')].join('\n\n'),
    'in/two.py': [functionOf('h'), functionOf('i')].join('\n\n'),
    'in/left.py': functionOf('j'),
    '.gitignore': 'left.py\n',
    'notes.txt': functionOf('k'),
    run: `#!/usr/bin/env python3\n${functionOf('l')}`,
  });

const readRows = (path: string): readonly FaultRow[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as FaultRow);

describe('makeFaults', () => {
  test('writes a row for each function of the code in a folder', async () => {
    const out = join(temporaryFolder(), 'faults.jsonl');
    const made = await makeFaults({
      folder: folder(),
      seed: 1,
      out,
      parser: inProcessParser,
      repository: 'them/theirs',
    });
    const rows = readRows(out);
    expect(rows.map(({ path, name }) => `${path} ${name}`)).toEqual([
      'in/two.py h',
      'in/two.py i',
      'one.py f',
      'one.py g',
      'run l',
    ]);
    expect(made.rowCount).toBe(rows.length);
    expect([...made.rowsByKind.values()].reduce((sum, count) => sum + count)).toBe(rows.length);
    for (const row of rows) {
      expect(row).toMatchObject({ language: 'python', repository: 'them/theirs' });
      expect(made.rowsByKind.get(row.kind)).toBeGreaterThan(0);
    }
  });

  test('writes the same bytes for the same seed, and others for another one', async () => {
    const [from, to] = [folder(), temporaryFolder()];
    const bytesOf = async (name: string, seed: number): Promise<string> => {
      const out = join(to, name);
      await makeFaults({ folder: from, seed, out, parser: inProcessParser });
      return readFileSync(out, 'utf8');
    };
    const first = await bytesOf('a', 1);
    expect(await bytesOf('b', 1)).toBe(first);
    expect(await bytesOf('b', 2)).not.toBe(first);
  });

  test('writes at most so many rows: some of those that it would write in all, each function with the same chance', async () => {
    const [from, out] = [folder(), join(temporaryFolder(), 'faults.jsonl')];
    const counts = new Map<string, number>();
    const seeds = 60;
    for (let seed = 0; seed < seeds; seed++) {
      const { rowCount } = await makeFaults({ folder: from, seed, most: 2, out, parser: inProcessParser });
      expect(rowCount).toBe(2);
      const rows = readRows(out);
      for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
      if (seed >= 5) continue;
      await makeFaults({ folder: from, seed, out, parser: inProcessParser });
      const all = readRows(out);
      expect(all.filter(({ id }) => rows.some((row) => row.id === id))).toEqual(rows);
    }
    expect(counts.size).toBe(5);
    // Two of five, within four standard deviations.
    for (const [id, count] of counts) {
      expect(Math.abs(count - seeds * 0.4), id).toBeLessThan(4 * Math.sqrt(seeds * 0.4 * 0.6));
    }
  });

  test('refuses numbers that mean nothing, and places that cannot be written', async () => {
    const shared = { folder: folder(), seed: 1, out: join(temporaryFolder(), 'out.jsonl'), parser: inProcessParser };
    await expect(makeFaults({ ...shared, seed: 1.5 })).rejects.toMatchObject({ reason: 'bad-input' });
    await expect(makeFaults({ ...shared, seed: Number.NaN })).rejects.toMatchObject({ reason: 'bad-input' });
    await expect(makeFaults({ ...shared, most: 0 })).rejects.toMatchObject({ reason: 'bad-input' });
    await expect(makeFaults({ ...shared, most: Number.NaN })).rejects.toMatchObject({ reason: 'bad-input' });
    const nowhere = join(temporaryFolder(), 'no', 'out.jsonl');
    await expect(makeFaults({ ...shared, out: nowhere })).rejects.toMatchObject({ reason: 'unreadable' });
    const missing = join(shared.folder, 'missing');
    await expect(makeFaults({ ...shared, folder: missing })).rejects.toMatchObject({ reason: 'not-found' });
  });

  test('ends with the reason of the signal', async () => {
    const reason = new Error('enough');
    const out = join(temporaryFolder(), 'out.jsonl');
    const call = makeFaults({
      folder: folder(),
      seed: 1,
      out,
      parser: inProcessParser,
      signal: AbortSignal.abort(reason),
    });
    await expect(call).rejects.toBe(reason);
  });
});
