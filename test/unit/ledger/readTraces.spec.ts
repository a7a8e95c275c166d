import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { readTraces } from '../../../src/ledger/readTraces.ts';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const all = (): boolean => true;

describe('readTraces', () => {
  it('reads the leaves of all code that arrived in the workspaces that are wanted, and writes nothing', async () => {
    const ledger = await temporaryLedger();
    const leaves = { leafHashes: Uint32Array.of(1, 2 ** 32 - 1, 3), outsideNames: Uint8Array.of(0, 1, 0) };
    ledger.addAssessments([
      someLedgerAssessment({ id: 'late', workspace: 'w', document: 'd', atMs: 2, ...leaves }),
      someLedgerAssessment({ id: 'early', workspace: 'w', document: 'e', atMs: 1 }),
      someLedgerAssessment({ id: 'elsewhere', workspace: 'v' }),
    ]);
    const bytes = readFileSync(ledger.path);
    const traces = readTraces(ledger.path, (workspace) => workspace === 'w');
    expect(traces?.map(({ id }) => id)).toEqual(['early', 'late']);
    expect(traces?.[1]).toEqual({ id: 'late', workspace: 'w', document: 'd', ...leaves });
    expect(readTraces(ledger.path, all)).toHaveLength(3);
    expect(readTraces(ledger.path, () => false)).toEqual([]);
    expect(readFileSync(ledger.path).equals(bytes)).toBe(true);
    ledger.forgetAssessments(['late']);
    expect(readTraces(ledger.path, all)).toHaveLength(2);
  });

  it('passes over a row that cannot be read', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([someLedgerAssessment({ id: 'a' }), someLedgerAssessment({ id: 'b' })]);
    ledger.close();
    const database = new DatabaseSync(ledger.path);
    database.exec("UPDATE assessments SET leaf_hashes = x'010203' WHERE id = 'a'");
    database.close();
    expect(readTraces(ledger.path, all)?.map(({ id }) => id)).toEqual(['b']);
  });

  it('finds none where there is no ledger, and says that it cannot read what is none', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    expect(readTraces(path, all)).toEqual([]);
    expect(existsSync(path)).toBe(false);
    const damaged = join(temporaryFolder({ 'ledger.sqlite': 'no database at all' }), 'ledger.sqlite');
    expect(readTraces(damaged, all)).toBeNull();
  });
});
