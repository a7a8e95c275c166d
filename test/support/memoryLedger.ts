import { isDeepStrictEqual } from 'node:util';
import type { Outcome } from '../../src/core/words.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LedgerAssessment } from '../../src/ledger/ledgerAssessment.ts';

/** A ledger that lasts as long as the test, with all that it holds in sight. */
export function memoryLedger(): Ledger & {
  readonly assessments: readonly LedgerAssessment[];
  readonly outcomes: readonly Outcome[];
} {
  let assessments: readonly LedgerAssessment[] = [];
  let outcomes: readonly Outcome[] = [];
  const keep = (isKept: (assessment: LedgerAssessment) => boolean): void => {
    assessments = assessments.filter(isKept);
    outcomes = outcomes.filter(({ assessment }) => assessments.some(({ id }) => id === assessment));
  };
  const outcomesOfOne = (id: string): readonly Outcome[] => outcomes.filter(({ assessment }) => assessment === id);
  return {
    get assessments() {
      return assessments;
    },
    get outcomes() {
      return outcomes;
    },
    addAssessments(added) {
      assessments = [...assessments, ...added.filter(({ id }) => !assessments.some((known) => known.id === id))];
    },
    addOutcomes(added) {
      for (const outcome of added) {
        if (!assessments.some(({ id }) => id === outcome.assessment)) continue;
        const isOther = ({ assessment, target }: Outcome): boolean =>
          assessment !== outcome.assessment || !isDeepStrictEqual(target, outcome.target);
        outcomes = [...outcomes.filter(isOther), outcome];
      }
    },
    assessmentsSince: (workspace, sinceMs, document) =>
      assessments
        .filter((assessment) => assessment.workspace === workspace && assessment.atMs >= sinceMs)
        .filter((assessment) => document === undefined || assessment.document === document)
        .map((assessment) => ({ assessment, outcomes: outcomesOfOne(assessment.id) })),
    moveDocument(workspace, from, to) {
      assessments = assessments.map((assessment) =>
        assessment.workspace === workspace && assessment.document === from
          ? { ...assessment, document: to }
          : assessment,
      );
    },
    outcomesOf: (workspace) =>
      outcomes.flatMap((outcome) => {
        const assessment = assessments.find(({ id }) => id === outcome.assessment);
        return assessment?.workspace === workspace ? [{ assessment, outcome }] : [];
      }),
    countOutcomes(workspace) {
      return this.outcomesOf(workspace).length;
    },
    forgetAssessments(ids) {
      keep(({ id }) => !ids.includes(id));
    },
    forgetWorkspace(workspace) {
      keep((assessment) => assessment.workspace !== workspace);
    },
    forgetEverything() {
      keep(() => false);
    },
    *exportLines() {
      for (const { id } of assessments) yield JSON.stringify({ id });
    },
    importLines: () => ({ assessments: 0, outcomes: 0 }),
    close: () => undefined,
  };
}
