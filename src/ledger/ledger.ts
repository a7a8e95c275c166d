import type { AssessmentId, Outcome } from '../core/words.ts';
import type { LedgerAssessment } from './ledgerAssessment.ts';

/** An outcome and the assessment that it is of. */
export interface LearnedFrom {
  readonly assessment: LedgerAssessment;
  readonly outcome: Outcome;
}

/**
 * The durable record of assessments and their outcomes. Calls are synchronous: what has returned is on the disk, and no kill
 * takes it away. Several processes may have the same ledger open.
 *
 * Each call throws a CandorError: `unreadable` where the disk refuses or another process writes for too long, `corrupt` where the
 * file is damaged. What cannot be read back, such as a number that is none, is refused with all that came with it: `bad-input`.
 */
export interface Ledger {
  /** Keeps assessments; one whose id is known already is left as it is. */
  addAssessments(assessments: readonly LedgerAssessment[]): void;
  /** Keeps outcomes; of the same assessment and Target the last one counts. One of an assessment that is not known is left out. */
  addOutcomes(outcomes: readonly Outcome[]): void;
  /**
   * Assessments of a workspace, or of one document in it, that arrived since a time, in order of arrival, with the outcomes that
   * they have by now.
   */
  assessmentsSince(
    workspace: string,
    sinceMs: number,
    document?: string,
  ): readonly { readonly assessment: LedgerAssessment; readonly outcomes: readonly Outcome[] }[];
  /** A document was renamed: its assessments are of the new place from now on. */
  moveDocument(workspace: string, from: string, to: string): void;
  /** All outcomes of a workspace in the order in which they were known. */
  outcomesOf(workspace: string): readonly LearnedFrom[];
  /** How many outcomes of a workspace are kept. */
  countOutcomes(workspace: string): number;
  /** Forgets assessments with all their outcomes: what was no model's after all. */
  forgetAssessments(ids: readonly AssessmentId[]): void;
  /**
   * Forgets a workspace; nothing of it stays in the file or its log.
   * @throws CandorError `unreadable` where it is forgotten and yet bytes stay, because another process reads for too long
   */
  forgetWorkspace(workspace: string): void;
  /** Forgets all there is, as `forgetWorkspace` does, and the damaged files that were set aside. */
  forgetEverything(): void;
  /**
   * The whole ledger as JSON lines: what it is, then each assessment, followed by its outcomes. It is read as it is asked for, some
   * hundred assessments at a time, each with its outcomes of that moment: what is forgotten meanwhile is left out from then on.
   */
  exportLines(): IterableIterator<string>;
  /**
   * Adds what another ledger exported; what is known already is left as it is. All or nothing.
   * @throws CandorError `bad-input` that names the line which is amiss
   */
  importLines(lines: Iterable<string>): { readonly assessments: number; readonly outcomes: number };
  close(): void;
}
