import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { someLedgerAssessment } from '../../support/someLedgerAssessment.ts';
import { someOutcome } from './someOutcome.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const MOST_BYTES = 2 ** 20;
const { workspace } = someLedgerAssessment();

const aged = (index: number): ReturnType<typeof someLedgerAssessment> =>
  someLedgerAssessment({
    id: `assessment ${index}`,
    atMs: index,
    leafHashes: new Uint32Array(200),
    outsideNames: new Uint8Array(200),
  });

test('holds the file to its size: the oldest go, with their outcomes', async () => {
  const ledger = await temporaryLedger(undefined, { mostBytes: MOST_BYTES });
  for (let index = 0; index < 2000; index += 20) {
    const some = Array.from({ length: 20 }, (_, offset) => aged(index + offset));
    ledger.addAssessments(some);
    ledger.addOutcomes(some.map(({ id }) => someOutcome({ assessment: id })));
  }
  const ages = ledger.assessmentsSince(workspace, 0).map(({ assessment }) => assessment.atMs);
  expect(ages.at(-1)).toBe(1999);
  expect(ages).toEqual(ages.map((_, offset) => 2000 - ages.length + offset));
  expect(ages.length).toBeGreaterThan(100);
  expect(ages.length).toBeLessThan(1000);
  expect(ledger.countOutcomes(workspace)).toBe(ages.length);
  ledger.close();
  expect(statSync(ledger.path).size).toBeLessThanOrEqual(MOST_BYTES);
  expect(statSync(ledger.path).size).toBeGreaterThan(MOST_BYTES / 2);
});

test('an import that is larger than the ledger may be leaves its newest part', async () => {
  const large = await temporaryLedger();
  large.addAssessments(Array.from({ length: 2000 }, (_, index) => aged(index)));
  const small = await temporaryLedger(undefined, { mostBytes: MOST_BYTES });
  expect(small.importLines(large.exportLines()).assessments).toBe(2000);
  small.close();
  expect(statSync(small.path).size).toBeLessThanOrEqual(MOST_BYTES);
});
