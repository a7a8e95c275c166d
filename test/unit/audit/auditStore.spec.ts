import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditStore, StoredFile } from '../../../src/audit/auditStore.ts';
import { memoryStore } from '../../../src/audit/memoryStore.ts';
import { openSqliteStore } from '../../../src/audit/sqliteStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const FILE: StoredFile = {
  path: 'src/a.ts',
  slot: 'looked at by ngram',
  maker: 'm1',
  digest: 'd1',
  stamp: '12 34',
  sketch: {
    skipped: null,
    failure: null,
    tokenCount: 7,
    quietPlaces: 1,
    regions: [
      { engine: 'ngram', p: null, leastNats: -3.25, tokens: 5, isQuiet: false, band: 'unknown', isScored: true },
    ],
  },
};
const RECORD = Uint8Array.of(1, 0, 255);
const REGION = { path: FILE.path, slot: FILE.slot, maker: 'm1', digest: 'd1', index: 2 };

const STORES: readonly (readonly [name: string, open: () => AuditStore])[] = [
  ['memoryStore', memoryStore],
  ['openSqliteStore', () => openSqliteStore(join(temporaryFolder(), 'found.sqlite'))],
];

describe.each(STORES)('%s', (_, open) => {
  it('gives back what was put into it, by path and slot', () => {
    const store = open();
    expect(store.find(FILE.path, FILE.slot)).toBeNull();
    expect(() => store.recordsNow().record(FILE)).toThrow('What was found of src/a.ts is not kept any more');
    store.keep(FILE, RECORD);
    store.keep({ ...FILE, slot: 'read by bundled', digest: null, stamp: null }, Uint8Array.of(2));
    expect(store.find(FILE.path, FILE.slot)).toEqual(FILE);
    expect([...store.recordsNow().record(FILE)]).toEqual([...RECORD]);
    expect(store.find(FILE.path, 'read by bundled')).toMatchObject({ digest: null, stamp: null });
    expect(store.find('src/b.ts', FILE.slot)).toBeNull();
    store.close();
  });

  it('keeps one state of a file, and what the disk said of it last', () => {
    const store = open();
    store.keep(FILE, RECORD);
    store.restamp(FILE.path, FILE.slot, '56 78');
    expect(store.find(FILE.path, FILE.slot)?.stamp).toBe('56 78');
    store.keep({ ...FILE, digest: 'd2' }, Uint8Array.of(3));
    expect(store.find(FILE.path, FILE.slot)).toEqual({ ...FILE, digest: 'd2' });
    store.close();
  });

  it('gives the records of a moment, whatever is kept in their places later', () => {
    const store = open();
    store.keep(FILE, RECORD);
    const then = store.recordsNow();
    const others = [{ digest: 'd2' }, { digest: null }, { maker: 'm2' }].map((change) => ({ ...FILE, ...change }));
    for (const [index, other] of others.entries()) {
      store.keep(other, Uint8Array.of(index));
      const now = store.recordsNow();
      expect([...now.record(other)]).toEqual([index]);
      expect([...then.record(FILE)]).toEqual([...RECORD]);
      for (const [records, file] of [
        [then, other],
        [now, FILE],
      ] as const) {
        expect(() => records.record(file)).toThrow('not kept any more');
      }
    }
    store.keepExplained(REGION, '{}');
    expect(store.explained(REGION)).toBe('{}');
    store.close();
  });

  it('keeps what was explained of a region of one state of a file', () => {
    const store = open();
    expect(store.explained(REGION)).toBeNull();
    store.keepExplained(REGION, '{"id":1}');
    expect(store.explained(REGION)).toBe('{"id":1}');
    for (const other of [{ index: 3 }, { maker: 'm2' }, { digest: 'd2' }, { digest: null }, { slot: 's' }]) {
      expect(store.explained({ ...REGION, ...other })).toBeNull();
    }
    store.close();
  });
});

describe('openSqliteStore', () => {
  it('finds again what another one kept', () => {
    const path = join(temporaryFolder(), 'found.sqlite');
    const first = openSqliteStore(path);
    first.keep(FILE, RECORD);
    const second = openSqliteStore(path);
    expect(second.find(FILE.path, FILE.slot)).toEqual(FILE);
    const then = second.recordsNow();
    first.keep({ ...FILE, digest: 'd2' }, Uint8Array.of(3));
    expect([...then.record(FILE)]).toEqual([...RECORD]);
    expect(second.find(FILE.path, FILE.slot)?.digest).toBe('d2');
    first.close();
    second.close();
  });

  it('begins anew where the file is damaged, and keeps it for the user alone', () => {
    const path = join(temporaryFolder(), 'found.sqlite');
    writeFileSync(path, 'no database at all, but long enough to be taken for one'.repeat(100));
    const store = openSqliteStore(path);
    expect(store.find(FILE.path, FILE.slot)).toBeNull();
    store.keep(FILE, RECORD);
    expect(store.find(FILE.path, FILE.slot)).toEqual(FILE);
    store.close();
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
  });
});
