import type { DatabaseSync } from 'node:sqlite';
import type { AssessmentId, Outcome } from '../core/words.ts';
import type { LearnedFrom } from './ledger.ts';
import type { LedgerAssessment, LedgerTrace } from './ledgerAssessment.ts';
import { assessmentOfRow, outcomeOfRow, readable, rowOfAssessment, rowOfOutcome, traceOfRow } from './ledgerRows.ts';

/** An assessment, and what is known by now of what became of it. */
export interface AssessmentWithOutcomes {
  readonly assessment: LedgerAssessment;
  readonly outcomes: readonly Outcome[];
}

/** A part of the ledger, in the order in which it was written. */
export interface LedgerPage {
  readonly entries: readonly AssessmentWithOutcomes[];
  /** Where the next page begins; null: this is the last one. */
  readonly next: number | null;
}

/** What an outcome does where there is one of the same assessment and Target. */
type Conflict = 'replace' | 'ignore';

/** The tables of the ledger, a statement a call. Who calls says what is one transaction. */
export interface LedgerTables {
  /** @returns whether it was not known yet */
  insertAssessment(assessment: LedgerAssessment): boolean;
  /** @returns whether it was kept: its assessment is known, and it did not give way to one that was there */
  insertOutcome(outcome: Outcome, conflict: Conflict): boolean;
  assessmentsSince(workspace: string, sinceMs: number, document?: string): readonly AssessmentWithOutcomes[];
  outcomesOf(workspace: string): readonly LearnedFrom[];
  countOutcomes(workspace: string): number;
  /** All workspaces that there are assessments of. */
  workspaces(): readonly string[];
  /** In order of arrival. */
  tracesOf(workspace: string): readonly LedgerTrace[];
  pageFrom(start: number, most: number): LedgerPage;
  moveDocument(workspace: string, from: string, to: string): void;
  deleteAssessment(id: AssessmentId): void;
  deleteWorkspace(workspace: string): void;
  deleteAll(): void;
  /** @returns how many there were to delete, at most as many as asked for */
  deleteOldest(most: number): number;
}

const OUTCOMES = `
  SELECT assessments.id AS assessment_id, target, retained_share, happened, cause, worked_on, known_ms
  FROM outcomes JOIN assessments ON assessments.number = outcomes.assessment`;
/** Of one document, or with null of all. */
const SINCE = 'WHERE workspace = ? AND at_ms >= ? AND document = coalesce(?, document)';
const AS_KNOWN = 'ORDER BY known_ms, outcomes.number';

const OUTCOME_COLUMNS = 'assessment, target, retained_share, happened, cause, worked_on, known_ms';
const OUTCOME_VALUES = 'SELECT number, ?, ?, ?, ?, ?, ? FROM assessments WHERE id = ?';

export function ledgerTables(database: DatabaseSync): LedgerTables {
  const insertAssessment = database.prepare(`
    INSERT OR IGNORE INTO assessments (id, region, workspace, document, at_ms, origin, tool, source, judgement, band, evidence,
      leaf_hashes, outside_names) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertOutcome = {
    replace: database.prepare(`INSERT OR REPLACE INTO outcomes (${OUTCOME_COLUMNS}) ${OUTCOME_VALUES}`),
    ignore: database.prepare(`INSERT OR IGNORE INTO outcomes (${OUTCOME_COLUMNS}) ${OUTCOME_VALUES}`),
  };
  const since = database.prepare(`SELECT * FROM assessments ${SINCE} ORDER BY at_ms, number`);
  const outcomesSince = database.prepare(`${OUTCOMES} ${SINCE} ${AS_KNOWN}`);
  const withOutcome = database.prepare(`
    SELECT * FROM assessments
    WHERE workspace = ? AND EXISTS (SELECT 1 FROM outcomes WHERE outcomes.assessment = assessments.number)`);
  const outcomesOf = database.prepare(`${OUTCOMES} WHERE workspace = ? ${AS_KNOWN}`);
  const countOutcomes = database.prepare(`
    SELECT count(*) AS count FROM outcomes JOIN assessments ON assessments.number = outcomes.assessment
    WHERE workspace = ?`);
  const workspaces = database.prepare('SELECT DISTINCT workspace FROM assessments');
  const tracesOf = database.prepare(`
    SELECT id, workspace, document, leaf_hashes, outside_names FROM assessments
    WHERE workspace = ? ORDER BY at_ms, number`);
  const page = database.prepare('SELECT * FROM assessments WHERE number >= ? ORDER BY number LIMIT ?');
  const outcomesOfPage = database.prepare(`${OUTCOMES} WHERE outcomes.assessment BETWEEN ? AND ? ${AS_KNOWN}`);
  const moveDocument = database.prepare('UPDATE assessments SET document = ? WHERE workspace = ? AND document = ?');
  const deleteAssessment = database.prepare('DELETE FROM assessments WHERE id = ?');
  const deleteWorkspace = database.prepare('DELETE FROM assessments WHERE workspace = ?');
  const deleteOldest = database.prepare(`
    DELETE FROM assessments WHERE number IN (SELECT number FROM assessments ORDER BY at_ms, number LIMIT ?)`);

  return {
    insertAssessment: (assessment) => insertAssessment.run(...rowOfAssessment(assessment)).changes === 1,
    insertOutcome: (outcome, conflict) =>
      insertOutcome[conflict].run(...rowOfOutcome(outcome), outcome.assessment).changes === 1,
    assessmentsSince: (workspace, sinceMs, document) =>
      together(
        readable(since.all(workspace, sinceMs, document ?? null), assessmentOfRow),
        readable(outcomesSince.all(workspace, sinceMs, document ?? null), outcomeOfRow),
      ),
    outcomesOf(workspace) {
      const assessments = readable(withOutcome.all(workspace), assessmentOfRow);
      const byId = new Map(assessments.map((assessment) => [assessment.id, assessment]));
      return readable(outcomesOf.all(workspace), outcomeOfRow).flatMap((outcome) => {
        const assessment = byId.get(outcome.assessment);
        return assessment === undefined ? [] : [{ assessment, outcome }];
      });
    },
    countOutcomes: (workspace) => Number(countOutcomes.get(workspace)?.count),
    workspaces: () => workspaces.all().map(({ workspace }) => String(workspace)),
    tracesOf: (workspace) => readable(tracesOf.all(workspace), traceOfRow),
    pageFrom(start, most) {
      const rows = page.all(start, most);
      const last = Number(rows.at(-1)?.number ?? start);
      return {
        entries: together(readable(rows, assessmentOfRow), readable(outcomesOfPage.all(start, last), outcomeOfRow)),
        next: rows.length < most ? null : last + 1,
      };
    },
    moveDocument(workspace, from, to) {
      moveDocument.run(to, workspace, from);
    },
    deleteAssessment(id) {
      deleteAssessment.run(id);
    },
    deleteWorkspace(workspace) {
      deleteWorkspace.run(workspace);
    },
    deleteAll() {
      database.exec('DELETE FROM outcomes; DELETE FROM assessments');
    },
    deleteOldest: (most) => Number(deleteOldest.run(most).changes),
  };
}

function together(
  assessments: readonly LedgerAssessment[],
  outcomes: readonly Outcome[],
): readonly AssessmentWithOutcomes[] {
  const byAssessment = Map.groupBy(outcomes, ({ assessment }) => assessment);
  return assessments.map((assessment) => ({ assessment, outcomes: byAssessment.get(assessment.id) ?? [] }));
}
