import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { SPAN_FLAGS, type SpanTable } from '../../../../src/core/spanTable.ts';
import { FAULT_KINDS } from '../../../../src/lab/faults/faultKinds.ts';
import type { FaultRow } from '../../../../src/lab/faults/faultRow.ts';
import { plantFaults, type FaultyFile } from '../../../../src/lab/faults/plantFaults.ts';
import { detectLanguage } from '../../../../src/syntax/detectLanguage.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Files of all languages, and some of the project's own rooms. */
const files: readonly FaultyFile[] = [
  'test/fixtures/syntax',
  'test/fixtures/sample',
  'src/syntax',
  'src/core',
  'src/wire',
]
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort()
  .flatMap((path) => {
    const language = detectLanguage(path);
    return language === null ? [] : [{ path, language, text: readFileSync(join(root, path), 'utf8') }];
  });

async function rowsOf(
  some: readonly FaultyFile[],
  seed: number,
  wants?: (draw: number) => boolean,
): Promise<FaultRow[]> {
  const rows: FaultRow[] = [];
  const options = { seed, parser: inProcessParser, ...(wants && { wants }) };
  for await (const { row } of plantFaults(some, options)) rows.push(row);
  return rows;
}

async function spansOf({ text, language }: Pick<FaultyFile, 'text' | 'language'>): Promise<SpanTable> {
  const spans = await inProcessParser.spans(text, language);
  if (isSkipped(spans)) throw new Error('not parsed');
  return spans;
}

/** Texts of the leaves that begin in [start, end). */
function leavesIn({ leaves, starts, ends }: SpanTable, text: string, start: number, end: number): readonly string[] {
  return [...leaves]
    .filter((span) => starts[span]! >= start && starts[span]! < end)
    .map((span) => text.slice(starts[span], ends[span]));
}

const faultCount = ({ flags, length }: SpanTable): number =>
  flags.subarray(0, length).filter((flag) => (flag & (SPAN_FLAGS.error | SPAN_FLAGS.missing)) !== 0).length;

describe('the rows of many files', () => {
  let rows: readonly FaultRow[] = [];
  beforeAll(async () => {
    rows = await rowsOf(files, 1);
  }, 120_000);

  test('are many, of all kinds and most languages', () => {
    const counts = FAULT_KINDS.map((kind) => rows.filter((row) => row.kind === kind).length);
    console.log(`${rows.length} rows: ${FAULT_KINDS.map((kind, index) => `${kind} ${counts[index]}`).join(', ')}`);
    expect(rows.length).toBeGreaterThan(150);
    expect(Math.min(...counts)).toBeGreaterThan(3);
    expect(new Set(rows.map(({ language }) => language)).size).toBeGreaterThan(8);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  test('differ from the file in the slip, which lies in the function, and in nothing else', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    for (const { path, text, slip, before, function: within } of rows) {
      expect(text.slice(0, slip.start) + before + text.slice(slip.end), path).toBe(byPath.get(path)!.text);
      expect(text.slice(slip.start, slip.end)).not.toBe(before);
      expect(slip.start).toBeGreaterThanOrEqual(within.start);
      expect(slip.end).toBeLessThanOrEqual(within.end);
    }
  });

  test('parse as well as the file, with other leaves in the slip and the same ones elsewhere', async () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    for (const row of rows) {
      const file = byPath.get(row.path)!;
      const [old, fresh] = [await spansOf(file), await spansOf(row)];
      const { start, end } = row.slip;
      const oldEnd = start + row.before.length;
      expect(faultCount(fresh), row.id).toBeLessThanOrEqual(faultCount(old));
      expect(leavesIn(fresh, row.text, 0, start)).toEqual(leavesIn(old, file.text, 0, start));
      expect(leavesIn(fresh, row.text, end, row.text.length)).toEqual(
        leavesIn(old, file.text, oldEnd, file.text.length),
      );
      expect(leavesIn(fresh, row.text, start, end)).not.toEqual(leavesIn(old, file.text, start, oldEnd));
    }
  }, 120_000);

  test('name the lines of the slip, from 0', () => {
    const lineOf = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|\r|\n/).length - 1;
    for (const { text, faults, slip, function: within } of rows) {
      expect(faults.length).toBeGreaterThan(0);
      expect(faults).toEqual([...faults].sort((a, b) => a - b));
      expect(faults[0]).toBeGreaterThanOrEqual(lineOf(text, slip.start));
      expect(faults.at(-1)).toBeLessThanOrEqual(lineOf(text, within.end));
      if (slip.end > slip.start) expect(faults.at(-1)).toBeLessThanOrEqual(lineOf(text, slip.end));
    }
  });

  test('come one for each function of at least five lines of code', async () => {
    const text = (lines: number): string =>
      `function f(a, b) {\n\n  // A comment.\n${'  g(a);\n'.repeat(lines - 2)}}\nconst c = 1 + 2;\n`;
    const rowsOfText = (lines: number): Promise<readonly FaultRow[]> =>
      rowsOf([{ path: 'a.js', language: 'javascript', text: text(lines) }], 1);
    expect(await rowsOfText(4)).toEqual([]);
    expect((await rowsOfText(5)).map(({ id, name, path }) => [id, name, path])).toEqual([['a.js:0', 'f', 'a.js']]);
  });
});

describe('what is planted', () => {
  const some = files.filter(({ path }) => path.startsWith('test/fixtures/sample'));

  test('is the same for the same seed, whatever other files there are', async () => {
    const rows = await rowsOf(some, 3);
    expect(await rowsOf(some, 3)).toEqual(rows);
    const [first] = some;
    expect(await rowsOf(some.slice(0, 1), 3)).toEqual(rows.filter(({ path }) => path === first!.path));
  });

  test('is something else for another seed', async () => {
    const [rows, others] = [await rowsOf(some, 3), await rowsOf(some, 4)];
    expect(others.length).toBe(rows.length);
    const same = rows.filter(({ text }, index) => text === others[index]!.text);
    expect(same.length).toBeLessThan(rows.length / 4);
  });

  test('is asked for, function by function, with a draw that is uniform', async () => {
    const draws: number[] = [];
    await rowsOf(files, 5, (draw) => {
      draws.push(draw);
      return false;
    });
    expect(draws.length).toBeGreaterThan(150);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 / Math.sqrt(12 * draws.length));
    const half = await rowsOf(some, 5, (draw) => draw < 0.5);
    const all = await rowsOf(some, 5);
    expect(half.length).toBeLessThan(all.length);
    expect(all.filter(({ id }) => half.some((row) => row.id === id))).toEqual(half);
  });

  test('ends with the reason of the signal', async () => {
    const reason = new Error('enough');
    const rows = plantFaults(some, { seed: 1, parser: inProcessParser, signal: AbortSignal.abort(reason) });
    await expect(rows.next()).rejects.toBe(reason);
  });
});
