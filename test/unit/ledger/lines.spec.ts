import { describe, expect, test } from 'vitest';
import { ledgerAssessmentToJson } from '../../../src/ledger/ledgerJson.ts';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const assessment = someLedgerAssessment();
const { workspace } = assessment;
const HEADER = '{"kind":"ledger","schemaVersion":1}';
const line = (json: object): string =>
  JSON.stringify({ kind: 'assessment', ...ledgerAssessmentToJson(assessment), ...json });

test('exports a line that says what it is, then assessments with their outcomes', async () => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment, someLedgerAssessment({ id: 'assessment 2', workspace: 'another' })]);
  ledger.addOutcomes([someOutcome()]);
  const lines = [...ledger.exportLines()];
  expect(lines[0]).toBe(HEADER);
  expect(lines.slice(1).map((text) => JSON.parse(text) as object)).toEqual([
    expect.objectContaining({ kind: 'assessment', id: 'assessment 1', leafHashes: [...assessment.leafHashes] }),
    { kind: 'outcome', ...someOutcome() },
    expect.objectContaining({ kind: 'assessment', id: 'assessment 2' }),
  ]);
});

test('exports more than a page, while others write and forget', async () => {
  const ledger = await temporaryLedger();
  const many = Array.from({ length: 450 }, (_, index) => someLedgerAssessment({ id: `assessment ${index}` }));
  ledger.addAssessments(many);
  const lines = ledger.exportLines();
  for (let read = 0; read < 100; read++) lines.next();
  ledger.addAssessments([someLedgerAssessment({ id: 'late' })]);
  ledger.forgetAssessments(['assessment 449']);
  const rest = [...lines];
  expect(rest).toHaveLength(1 + 450 - 100);
  expect(rest.at(-1)).toContain('"late"');
});

test('an import leaves what is known as it is, and says what it added', async () => {
  const ledger = await temporaryLedger();
  ledger.addAssessments([assessment]);
  ledger.addOutcomes([someOutcome()]);
  const other = await temporaryLedger();
  const changed = someOutcome({ happened: false });
  other.addAssessments([{ ...assessment, region: 'another' }, someLedgerAssessment({ id: 'assessment 2' })]);
  other.addOutcomes([changed, someOutcome({ assessment: 'assessment 2' })]);
  expect(ledger.importLines(other.exportLines())).toEqual({ assessments: 1, outcomes: 1 });
  expect(ledger.importLines(other.exportLines())).toEqual({ assessments: 0, outcomes: 0 });
  expect(ledger.assessmentsSince(workspace, 0)[0]).toEqual({ assessment, outcomes: [someOutcome()] });
});

describe('an import of what is amiss', () => {
  test.each([
    ['no JSON', [HEADER, '{"kind":'], 'Line 2 is amiss. It is no JSON object.'],
    ['another file', ['{"name":"candor"}'], 'Line 1 is amiss. It does not say that this is a ledger.'],
    ['another version', ['{"kind":"ledger","schemaVersion":2}'], 'Line 1 is amiss. This ledger is of another version'],
    ['another kind', [HEADER, '{"kind":"secret"}'], 'Line 2 is amiss. It is neither an assessment nor an outcome.'],
    ['no evidence', [HEADER, '', line({ evidence: null })], 'Line 3 is amiss. The field "evidence" is amiss.'],
    ['a large hash', [HEADER, line({ leafHashes: [2 ** 32] })], 'The field "leafHashes" is amiss.'],
    ['a part of a hash', [HEADER, line({ leafHashes: [1.5] })], 'The field "leafHashes" is amiss.'],
    ['a flag too few', [HEADER, line({ outsideNames: [] })], 'The field "outsideNames"'],
    ['a number without end', [HEADER, line({}).replace(/"atMs":[^,]*/u, '"atMs":1e999')], 'The field "atMs" is amiss.'],
    [
      'an odd outcome',
      [HEADER, JSON.stringify({ kind: 'outcome', ...someOutcome({ retainedShare: 2 }) })],
      'The field "retainedShare" is amiss.',
    ],
  ])('adds nothing and names the line: %s', async (_, odd, message) => {
    const ledger = await temporaryLedger();
    const [first = '', ...others] = odd;
    const lines = first === HEADER ? [HEADER, ...others, line({})] : odd;
    expect(() => ledger.importLines(lines)).toThrow(
      expect.objectContaining({ reason: 'bad-input', message: expect.stringContaining(message) as string }),
    );
    expect(() => ledger.importLines([HEADER, line({}), ...others.slice(-1), '{'])).toThrow('amiss');
    expect(ledger.assessmentsSince(workspace, 0)).toEqual([]);
  });

  test('leaves the ledger in order', async () => {
    const ledger = await temporaryLedger();
    expect(() => ledger.importLines([HEADER, line({}), '{'])).toThrow('Line 3');
    ledger.addAssessments([assessment]);
    expect(ledger.assessmentsSince(workspace, 0)).toHaveLength(1);
  });
});
