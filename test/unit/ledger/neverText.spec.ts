import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

test('has no column for code or paths: a new column is a decision', async () => {
  const ledger = await temporaryLedger();
  const database = new DatabaseSync(ledger.path);
  const columns = (table: string): readonly unknown[] =>
    database
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map(({ name }) => name);
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  expect(tables.map(({ name }) => name)).toEqual(['assessments', 'outcomes']);
  expect(columns('assessments').join(' ')).toBe(
    'number id region workspace document at_ms origin tool source judgement band evidence leaf_hashes outside_names',
  );
  expect(columns('outcomes').join(' ')).toBe(
    'number assessment target retained_share happened cause worked_on known_ms',
  );
  database.close();
});

test('what has no place in the types does not come in with the rest, neither written nor imported', async () => {
  const CODE = 'return the_secret_of_the_user';
  const given = someLedgerAssessment();
  const assessment = {
    ...given,
    text: CODE,
    source: { ...given.source, text: CODE },
    evidence: { ...given.evidence, text: CODE },
  };
  const outcome = { ...someOutcome(), text: CODE, target: { ...someOutcome().target, text: CODE } };
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment]);
  ledger.addOutcomes([outcome]);
  const { leafHashes, outsideNames } = assessment;
  ledger.importLines([
    JSON.stringify({ kind: 'ledger', schemaVersion: 1, text: CODE }),
    JSON.stringify({
      ...assessment,
      kind: 'assessment',
      id: 'imported',
      leafHashes: [...leafHashes],
      outsideNames: [...outsideNames],
    }),
    JSON.stringify({ ...outcome, kind: 'outcome', assessment: 'imported' }),
  ]);
  expect(ledger.countOutcomes(assessment.workspace)).toBe(2);
  expect([...ledger.exportLines()].join('\n')).not.toContain(CODE);
  ledger.close();
  expect(readFileSync(ledger.path).includes(CODE)).toBe(false);
});
