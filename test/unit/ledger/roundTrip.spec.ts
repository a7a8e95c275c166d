import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyAssessment, anyOutcome } from './anyAssessment.ts';
import { temporaryLedger } from './temporaryLedger.ts';

const written = anyAssessment.chain((assessment) =>
  fc.record({
    assessment: fc.constant(assessment),
    outcomes: fc
      .uniqueArray(anyOutcome(assessment.id), { maxLength: 4, selector: ({ target }) => JSON.stringify(target) })
      .map((outcomes) => outcomes.toSorted((a, b) => a.atMs - b.atMs)),
  }),
);

test('what was written is read as it was, from the file and from an export', async () => {
  const ledger = await temporaryLedger();
  const other = await temporaryLedger();
  fc.assert(
    fc.property(fc.uniqueArray(written, { maxLength: 5, selector: (entry) => entry.assessment.id }), (entries) => {
      const expected = entries.toSorted((a, b) => a.assessment.atMs - b.assessment.atMs);
      ledger.forgetAssessments(ledger.assessmentsSince('here', 0).map((one) => one.assessment.id));
      other.forgetAssessments(other.assessmentsSince('here', 0).map((one) => one.assessment.id));
      ledger.addAssessments(entries.map(({ assessment }) => assessment));
      ledger.addOutcomes(entries.flatMap(({ outcomes }) => outcomes));
      expect(ledger.assessmentsSince('here', 0)).toEqual(expected);
      other.importLines(ledger.exportLines());
      expect(other.assessmentsSince('here', 0)).toEqual(expected);
    }),
    { seed: 1, numRuns: 100 },
  );
});
