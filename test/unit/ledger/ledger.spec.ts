import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const assessment = someLedgerAssessment();
const { workspace } = assessment;
const later = someLedgerAssessment({ id: 'assessment 2', atMs: assessment.atMs + 1 });

test('keeps assessments and outcomes as they are, also when it is opened again', async () => {
  const first = await temporaryLedger();
  first.addAssessments([later, assessment]);
  first.addOutcomes([someOutcome()]);
  first.close();
  const again = await temporaryLedger(first.path);
  expect(again.assessmentsSince(workspace, 0)).toEqual([
    { assessment, outcomes: [someOutcome()] },
    { assessment: later, outcomes: [] },
  ]);
  expect(again.outcomesOf(workspace)).toEqual([{ assessment, outcome: someOutcome() }]);
});

test('leaves an assessment as it is whose id is known, and its outcomes', async () => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment]);
  ledger.addOutcomes([someOutcome()]);
  ledger.addAssessments([{ ...assessment, region: 'another' }]);
  expect(ledger.assessmentsSince(workspace, 0)).toEqual([{ assessment, outcomes: [someOutcome()] }]);
});

describe('an outcome', () => {
  test('takes the place of the last one of its assessment and Target, however the Target is written', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([assessment]);
    const changed = someOutcome({ happened: false, cause: 'edited', retainedShare: 0.5, atMs: 1.8e12 });
    ledger.addOutcomes([someOutcome()]);
    ledger.addOutcomes([
      { ...changed, target: { definition: 1, unit: 'region', horizon: { minutes: 10 }, event: 'survives' } },
    ]);
    expect(ledger.outcomesOf(workspace)).toEqual([{ assessment, outcome: changed }]);
    expect(ledger.countOutcomes(workspace)).toBe(1);
  });

  test('stands beside one of another Target', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([assessment]);
    const verdict = someOutcome({ target: { event: 'correct', unit: 'region', definition: 1 }, cause: 'verdict' });
    ledger.addOutcomes([someOutcome(), verdict]);
    expect(ledger.countOutcomes(workspace)).toBe(2);
  });

  test('of an assessment that is not known is left out', async () => {
    const ledger = await temporaryLedger();
    ledger.addOutcomes([someOutcome()]);
    ledger.addAssessments([assessment]);
    expect(ledger.countOutcomes(workspace)).toBe(0);
  });
});

test('gives outcomes in the order in which they were known', async () => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment, later]);
  ledger.addOutcomes([someOutcome({ atMs: 2e12 }), someOutcome({ assessment: later.id, atMs: 1.9e12 })]);
  expect(ledger.outcomesOf(workspace).map(({ outcome }) => outcome.assessment)).toEqual([later.id, assessment.id]);
});

test('gives what arrived since a time, that time included, of one workspace only', async () => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment, later, someLedgerAssessment({ id: 'elsewhere', workspace: 'another' })]);
  const idsSince = (sinceMs: number): readonly string[] =>
    ledger.assessmentsSince(workspace, sinceMs).map((one) => one.assessment.id);
  expect(idsSince(assessment.atMs)).toEqual([assessment.id, later.id]);
  expect(idsSince(later.atMs)).toEqual([later.id]);
  expect(idsSince(later.atMs + 1)).toEqual([]);
});

test('moves a document with all its assessments, in its workspace only', async () => {
  const ledger = await temporaryLedger();
  const elsewhere = someLedgerAssessment({ id: 'elsewhere', workspace: 'another' });
  ledger.addAssessments([assessment, elsewhere]);
  ledger.moveDocument(workspace, assessment.document, 'a new place');
  expect(ledger.assessmentsSince(workspace, 0)[0]?.assessment.document).toBe('a new place');
  expect(ledger.assessmentsSince(workspace, 0, 'a new place')).toHaveLength(1);
  expect(ledger.assessmentsSince(workspace, 0, 'an old place')).toEqual([]);
  expect(ledger.assessmentsSince('another', 0)[0]?.assessment).toEqual(elsewhere);
});

test('forgets assessments with their outcomes', async () => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment, later]);
  ledger.addOutcomes([someOutcome(), someOutcome({ assessment: later.id })]);
  ledger.forgetAssessments([assessment.id, 'not known']);
  expect(ledger.outcomesOf(workspace).map(({ outcome }) => outcome.assessment)).toEqual([later.id]);
});

describe('what cannot be kept', () => {
  test.each([
    ['a number that is none', { evidence: { ...assessment.evidence, features: { length: Number.NaN } } }, 'evidence'],
    ['a number without end', { atMs: Infinity }, 'atMs'],
    ['flags of other leaves', { outsideNames: new Uint8Array(3) }, 'outsideNames'],
  ])('is refused with all that came with it: %s', async (_, fields, name) => {
    const ledger = await temporaryLedger();
    const odd = { ...later, ...fields };
    expect(() => {
      ledger.addAssessments([assessment, odd]);
    }).toThrow(expect.objectContaining({ reason: 'bad-input', message: expect.stringContaining(name) as string }));
    expect(ledger.assessmentsSince(workspace, 0)).toEqual([]);
  });

  test('is refused among outcomes as well', async () => {
    const ledger = await temporaryLedger();
    ledger.addAssessments([assessment]);
    expect(() => {
      ledger.addOutcomes([someOutcome(), someOutcome({ retainedShare: 1.5 })]);
    }).toThrow(expect.objectContaining({ reason: 'bad-input' }));
    expect(ledger.countOutcomes(workspace)).toBe(0);
  });
});

test.each([
  ['UPDATE assessments SET evidence = \'{"version":\' WHERE number = 1', [later.id], 0],
  ["UPDATE assessments SET leaf_hashes = x'010203' WHERE number = 1", [later.id], 0],
  ["UPDATE assessments SET band = 'sure' WHERE number = 1", [later.id], 0],
  ["UPDATE outcomes SET target = 'null'", [assessment.id, later.id], 0],
])('passes over a row that cannot be read: %s', async (damage, ids, outcomes) => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment, later]);
  ledger.addOutcomes([someOutcome()]);
  const database = new DatabaseSync(ledger.path);
  database.exec(damage);
  database.close();
  expect(ledger.assessmentsSince(workspace, 0).map((one) => one.assessment.id)).toEqual(ids);
  expect(ledger.outcomesOf(workspace)).toHaveLength(outcomes);
});

test('is open in two windows at once', async () => {
  const one = await temporaryLedger();
  const other = await temporaryLedger(one.path);
  one.addAssessments([assessment]);
  other.addOutcomes([someOutcome()]);
  one.addOutcomes([someOutcome({ happened: false })]);
  expect(other.outcomesOf(workspace)).toEqual([{ assessment, outcome: someOutcome({ happened: false }) }]);
  one.close();
  other.addAssessments([later]);
  expect(other.assessmentsSince(workspace, 0)).toHaveLength(2);
});
