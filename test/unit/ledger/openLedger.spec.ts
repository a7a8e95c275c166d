import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../../../src/ledger/migrations.ts';
import { openDatabase } from '../../../src/ledger/openDatabase.ts';
import { openLedger } from '../../../src/ledger/openLedger.ts';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const assessment = someLedgerAssessment();
const { workspace } = assessment;

test.skipIf(process.platform === 'win32')('only the user may read the folder and the files', async () => {
  const ledger = await temporaryLedger(join(temporaryFolder(), 'candor', 'ledger.sqlite'));
  ledger.addAssessments([assessment]);
  const mode = (path: string): number => statSync(path).mode & 0o777;
  expect(mode(dirname(ledger.path))).toBe(0o700);
  const names = readdirSync(dirname(ledger.path)).sort();
  const expected = ['ledger.sqlite', 'ledger.sqlite-shm', 'ledger.sqlite-wal', 'ledger.sqlite.opening'];
  expect(names).toEqual(expected);
  for (const name of names) expect([name, mode(join(dirname(ledger.path), name))]).toEqual([name, 0o600]);
});

test('closes more than once', async () => {
  const ledger = await temporaryLedger();
  ledger.close();
  ledger.close();
});

test('says where a ledger cannot be kept', async () => {
  const file = join(temporaryFolder({ file: '' }), 'file');
  await expect(openLedger(join(file, 'ledger.sqlite'))).rejects.toMatchObject({ reason: 'unreadable' });
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'ledger.sqlite'));
  await expect(openLedger(join(folder, 'ledger.sqlite'))).rejects.toMatchObject({ reason: 'unreadable' });
});

describe('a damaged ledger', () => {
  /** A ledger of many pages, closed. */
  async function written(): Promise<string> {
    const ledger = await temporaryLedger();
    ledger.addAssessments(
      Array.from({ length: 200 }, (_, index) => someLedgerAssessment({ id: `assessment ${index}` })),
    );
    ledger.close();
    return ledger.path;
  }

  test.each<[string, (path: string) => void]>([
    [
      'is no database',
      (path) => {
        writeFileSync(path, 'all of this is something else, and long enough for a header of SQLite\n'.repeat(100));
      },
    ],
    [
      'was cut off',
      (path) => {
        truncateSync(path, Math.floor(statSync(path).size / 2));
      },
    ],
    [
      'has pages of something else',
      (path) => {
        writeFileSync(path, readFileSync(path).fill(0xa5, 4096 * 3));
      },
    ],
  ])('is set aside as it is, and a new one begun, where it %s', async (_, damage) => {
    const path = await written();
    damage(path);
    const bytes = readFileSync(path);
    const asides: string[] = [];
    const ledger = await temporaryLedger(path, { onSetAside: (aside) => asides.push(aside) });
    expect(asides).toHaveLength(1);
    expect(asides[0]).toContain(`${path}.damaged-`);
    expect(readFileSync(asides[0]!).equals(bytes)).toBe(true);
    expect(ledger.assessmentsSince(workspace, 0)).toEqual([]);
    ledger.addAssessments([assessment]);
    const again = await temporaryLedger(path, { onSetAside: (aside) => asides.push(aside) });
    expect(again.assessmentsSince(workspace, 0)).toHaveLength(1);
    expect(asides).toHaveLength(1);
  });

  test('takes along what its log holds, which does not get into the new one', async () => {
    const path = await written();
    const ledger = await temporaryLedger(path);
    ledger.addAssessments([assessment, someLedgerAssessment({ id: 'in the log only' })]);
    // As a kill leaves it: the log is not yet in the file.
    const killed = join(temporaryFolder(), 'ledger.sqlite');
    copyFileSync(`${path}-wal`, `${killed}-wal`);
    ledger.close();
    writeFileSync(killed, readFileSync(path).fill(0xa5, 4096 * 3, 4096 * 20));
    const asides: string[] = [];
    const opened = await temporaryLedger(killed, { onSetAside: (aside) => asides.push(aside) });
    expect(opened.assessmentsSince(workspace, 0)).toEqual([]);
    const holdsLog = ['', '-wal']
      .map((suffix) => asides[0]! + suffix)
      .some((aside) => existsSync(aside) && readFileSync(aside).includes('in the log only'));
    expect(holdsLog).toBe(true);
  });
});

describe('the schema', () => {
  const open = (path: string, migrations: readonly string[]): DatabaseSync =>
    openDatabase(path, { busyMs: 1000, migrations, onSetAside: () => expect.fail('set aside') });

  test('of a newer version of Candor is left as it is', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([assessment]);
    ledger.close();
    const newer = new DatabaseSync(ledger.path);
    newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    newer.close();
    const bytes = readFileSync(ledger.path);
    await expect(openLedger(ledger.path)).rejects.toMatchObject({ reason: 'unsupported' });
    expect(readFileSync(ledger.path).equals(bytes)).toBe(true);
  });

  test('of an older version is brought up step by step, with what the file holds', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([assessment]);
    ledger.addOutcomes([someOutcome()]);
    ledger.close();
    const steps = [
      ...MIGRATIONS,
      "ALTER TABLE outcomes ADD COLUMN seen_by TEXT NOT NULL DEFAULT 'nobody'",
      "UPDATE outcomes SET seen_by = 'somebody'",
    ];
    const database = open(ledger.path, steps);
    expect(database.prepare('SELECT seen_by FROM outcomes').all()).toEqual([{ seen_by: 'somebody' }]);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: steps.length });
    database.close();
    open(ledger.path, steps).close();
  });

  test('stays whole at the version where a step fails', async () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    expect(() => open(path, [...MIGRATIONS, 'CREATE TABLE half (one TEXT); SELECT nothing'])).toThrow('nothing');
    const database = open(path, MIGRATIONS);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    database.close();
    expect((await temporaryLedger(path)).assessmentsSince(workspace, 0)).toEqual([]);
  });
});
