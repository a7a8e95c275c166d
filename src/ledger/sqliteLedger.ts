import type { DatabaseSync } from 'node:sqlite';
import { CandorError } from '../core/candorError.ts';
import type { Ledger } from './ledger.ts';
import { leavesOf, parseAssessmentFields, parseOutcome } from './ledgerJson.ts';
import { HEADER_LINE, linesOf, readLines } from './ledgerLines.ts';
import { ledgerTables } from './ledgerTables.ts';
import { removeSetAside, scrub } from './scrub.ts';
import { sizeLimit } from './sizeLimit.ts';
import { withSqlite } from './sqliteErrors.ts';
import { reading, writing } from './transaction.ts';

/** Assessments that an export reads at once. */
const PAGE = 200;

/** The ledger in a database that is open and of the newest schema. */
export function sqliteLedger(
  database: DatabaseSync,
  { path, mostBytes }: { readonly path: string; readonly mostBytes: number },
): Ledger {
  const tables = ledgerTables(database);
  const enforceLimit = sizeLimit(database, tables, mostBytes);
  const read = <T>(work: () => T): T => withSqlite(() => reading(database, work));
  const write = <T>(work: () => T): T => withSqlite(() => writing(database, work));

  return {
    addAssessments(assessments) {
      const kept = assessments.map((assessment) =>
        keepable(() => ({
          ...parseAssessmentFields({ ...assessment }),
          ...leavesOf(assessment.leafHashes, assessment.outsideNames),
        })),
      );
      if (kept.length === 0) return;
      write(() => {
        for (const assessment of kept) tables.insertAssessment(assessment);
      });
      withSqlite(enforceLimit);
    },
    addOutcomes(outcomes) {
      const kept = outcomes.map((outcome) => keepable(() => parseOutcome(outcome)));
      if (kept.length === 0) return;
      write(() => {
        for (const outcome of kept) tables.insertOutcome(outcome, 'replace');
      });
      withSqlite(enforceLimit);
    },
    assessmentsSince: (workspace, sinceMs, document) =>
      read(() => tables.assessmentsSince(workspace, sinceMs, document)),
    outcomesOf: (workspace) => read(() => tables.outcomesOf(workspace)),
    countOutcomes: (workspace) => read(() => tables.countOutcomes(workspace)),
    moveDocument(workspace, from, to) {
      write(() => {
        tables.moveDocument(workspace, from, to);
      });
    },
    forgetAssessments(ids) {
      write(() => {
        for (const id of ids) tables.deleteAssessment(id);
      });
    },
    forgetWorkspace(workspace) {
      write(() => {
        tables.deleteWorkspace(workspace);
      });
      withSqlite(() => {
        scrub(database);
      });
    },
    forgetEverything() {
      write(() => {
        tables.deleteAll();
      });
      removeSetAside(path);
      withSqlite(() => {
        scrub(database);
      });
    },
    *exportLines() {
      yield HEADER_LINE;
      let next: number | null = 0;
      while (next !== null) {
        const start: number = next;
        const page = read(() => tables.pageFrom(start, PAGE));
        for (const entry of page.entries) yield* linesOf(entry);
        next = page.next;
      }
    },
    importLines(lines) {
      const added = write(() => {
        let assessments = 0;
        let outcomes = 0;
        for (const entry of readLines(lines)) {
          if (entry.kind === 'assessment') assessments += Number(tables.insertAssessment(entry.assessment));
          else outcomes += Number(tables.insertOutcome(entry.outcome, 'ignore'));
        }
        return { assessments, outcomes };
      });
      while (withSqlite(enforceLimit));
      return added;
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}

/** What the types let through and JSON does not, such as a number that is none, would be lost without a word when it is read back. */
function keepable<T>(parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (!CandorError.is(cause, 'corrupt')) throw cause;
    throw new CandorError('bad-input', `This cannot be kept in the ledger. ${cause.message}`, { cause });
  }
}
