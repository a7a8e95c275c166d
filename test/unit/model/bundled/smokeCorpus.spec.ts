import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SMOKE_SOURCES, writeSmokeCorpus } from '../../../../model/bundled/smokeCorpus.ts';

const CODE = 'def parcel(route):\n    return route.first\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-smoke-corpus-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const modules = (): string => join(folder, 'node_modules');
const corpus = (): string => join(folder, 'corpus');

function install(path: string, text: string): void {
  const file = join(modules(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function filesUnder(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
}

describe('writeSmokeCorpus', () => {
  it('writes a shard for each language of a folder, and held-out files as they are', () => {
    install('parcels/lib/b.py', CODE);
    install('parcels/lib/deep/a.py', CODE);
    install('parcels/lib/run.sh', 'for parcel in "$@"; do echo "$parcel"; done\n');
    install('@routes/core/src/index.ts', 'export const route = [1, 2, 3];\n');
    writeSmokeCorpus(modules(), corpus(), { train: ['parcels/lib'], heldOut: ['@routes/core/src'] });

    expect(filesUnder(corpus())).toEqual([
      'heldout/typescript/@routes+core+src/index.ts',
      'train/python/parcels+lib.jsonl',
      'train/shell/parcels+lib.jsonl',
    ]);
    const lines = readFileSync(join(corpus(), 'train/python/parcels+lib.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { path: 'b.py', text: CODE },
      { path: 'deep/a.py', text: CODE },
    ]);
  });

  it('has a folder for training in every language, so that none is missed', () => {
    writeSmokeCorpus(modules(), corpus(), { train: [], heldOut: [] });
    expect(existsSync(join(corpus(), 'train/kotlin'))).toBe(true);
  });

  it('leaves out what is minified, declared, generated at length, nested or no code', () => {
    install('parcels/kept.js', 'export const parcel = { route: 3 };\n');
    install('parcels/parcel.min.js', 'export const parcel = { route: 3 };\n');
    install('parcels/long.js', `export const parcel = [${'3, '.repeat(400)}];\n`);
    install('parcels/tables.c', 'int parcel(void) { return 3; }\n'.repeat(4_000));
    install('parcels/parcel.d.ts', 'export declare const parcel: number;\n');
    install('parcels/README', 'What a parcel is, and where it goes.\n');
    install('parcels/node_modules/route/index.js', 'export const route = { parcel: 3 };\n');
    writeSmokeCorpus(modules(), corpus(), { train: [], heldOut: ['parcels'] });
    expect(filesUnder(join(corpus(), 'heldout'))).toEqual(['javascript/parcels/kept.js']);
  });

  it('says which folder is not installed', () => {
    expect(() => {
      writeSmokeCorpus(modules(), corpus(), { train: ['parcels/lib'], heldOut: [] });
    }).toThrow(/Not installed: .*parcels.*npm ci/);
  });
});

describe('SMOKE_SOURCES', () => {
  const { train, heldOut } = SMOKE_SOURCES;

  it('are installed here', () => {
    const installed = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));
    expect([...train, ...heldOut].filter((folder) => !existsSync(join(installed, folder)))).toEqual([]);
  });

  it('hold out what is not trained on', () => {
    const isWithin = (one: string, other: string): boolean => `${one}/`.startsWith(`${other}/`);
    expect(train.filter((one) => heldOut.some((other) => isWithin(one, other) || isWithin(other, one)))).toEqual([]);
  });
});
