import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { readOutcomes } from '../../../src/ledger/readOutcomes.ts';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

describe('readOutcomes', () => {
  it('reads what the ledger of a workspace holds, while it is open and after, and writes nothing', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([someLedgerAssessment(), someLedgerAssessment({ id: 'b', workspace: 'another' })]);
    ledger.addOutcomes([someOutcome(), someOutcome({ assessment: 'b' })]);
    const known = ledger.outcomesOf('some workspace');
    expect(known).toHaveLength(1);
    expect(readOutcomes(ledger.path, 'some workspace')).toEqual(known);
    // To read it took nobody's turn: what is open goes on.
    ledger.addOutcomes([someOutcome({ happened: false })]);
    expect(readOutcomes(ledger.path, 'some workspace')?.[0]?.outcome.happened).toBe(false);
    ledger.close();
    const bytes = readFileSync(ledger.path);
    expect(readOutcomes(ledger.path, 'some workspace')).toHaveLength(1);
    expect(readFileSync(ledger.path).equals(bytes)).toBe(true);
  });

  it('finds none where there is no ledger, and makes none', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    expect(readOutcomes(path, 'w')).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it('says that it cannot read a file that is no ledger, or one of another version, and leaves both', async () => {
    const damaged = join(
      temporaryFolder({ 'ledger.sqlite': 'no database at all, and long enough to be one' }),
      'ledger.sqlite',
    );
    expect(readOutcomes(damaged, 'w')).toBeNull();
    expect(readFileSync(damaged, 'utf8')).toContain('no database');
    const ledger = await temporaryLedger();
    ledger.close();
    const database = new DatabaseSync(ledger.path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(readOutcomes(ledger.path, 'w')).toBeNull();
    writeFileSync(damaged, '');
    expect(readOutcomes(damaged, 'w')).toBeNull();
  });
});
