import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const MARKER = 'marker-of-what-is-forgotten';

/** By another process: to close a file here would take the locks of the ledger that is open. */
function bytesHold(path: string, words: string): boolean {
  const read = 'process.stdout.write(fs.readFileSync(process.argv[1]))';
  return ['', '-wal', '-shm']
    .filter((suffix) => existsSync(path + suffix))
    .some((suffix) =>
      execFileSync(process.execPath, ['-e', read, path + suffix], { maxBuffer: 2 ** 28 }).includes(words),
    );
}

async function ledgerOfTwo(): ReturnType<typeof temporaryLedger> {
  const ledger = await temporaryLedger();
  for (let index = 0; index < 300; index++) {
    const workspace = index % 3 === 0 ? 'kept' : MARKER;
    const id = `${workspace} ${index}`;
    ledger.addAssessments([
      someLedgerAssessment({ id, workspace, document: `${workspace} document`, tool: workspace }),
    ]);
    ledger.addOutcomes([someOutcome({ assessment: id, cause: workspace })]);
  }
  expect(bytesHold(ledger.path, MARKER)).toBe(true);
  return ledger;
}

test('a workspace that is forgotten leaves no byte in the file and its log, and the others stay', async () => {
  const ledger = await ledgerOfTwo();
  ledger.forgetWorkspace(MARKER);
  expect(ledger.assessmentsSince(MARKER, 0)).toEqual([]);
  expect(ledger.countOutcomes('kept')).toBe(100);
  expect(bytesHold(ledger.path, MARKER)).toBe(false);
});

test('everything that is forgotten leaves no byte, also while another window has the ledger open', async () => {
  const ledger = await ledgerOfTwo();
  const other = await temporaryLedger(ledger.path);
  expect(other.countOutcomes(MARKER)).toBe(200);
  const bytes = statSync(ledger.path).size;
  ledger.forgetEverything();
  expect(statSync(ledger.path).size).toBeLessThan(bytes / 4);
  expect([other.countOutcomes(MARKER), other.countOutcomes('kept')]).toEqual([0, 0]);
  expect(bytesHold(ledger.path, MARKER)).toBe(false);
  expect(bytesHold(ledger.path, 'kept')).toBe(false);
});

test('with everything go the damaged files that were set aside', async () => {
  const first = await temporaryLedger();
  first.close();
  writeFileSync(first.path, MARKER);
  const ledger = await temporaryLedger(first.path);
  const isAside = (name: string): boolean => name.includes('damaged');
  expect(readdirSync(dirname(ledger.path)).some(isAside)).toBe(true);
  ledger.forgetEverything();
  expect(readdirSync(dirname(ledger.path)).some(isAside)).toBe(false);
});

test('says so where another window reads for so long that the bytes must stay', async () => {
  const ledger = await temporaryLedger((await ledgerOfTwo()).path, { busyMs: 100 });
  const reader = new DatabaseSync(ledger.path);
  reader.exec('BEGIN; SELECT count(*) FROM assessments');
  expect(() => {
    ledger.forgetWorkspace(MARKER);
  }).toThrow(expect.objectContaining({ reason: 'unreadable', message: expect.stringContaining('again') as string }));
  reader.close();
  expect(ledger.countOutcomes(MARKER)).toBe(0);
  ledger.forgetWorkspace(MARKER);
  expect(bytesHold(ledger.path, MARKER)).toBe(false);
});
