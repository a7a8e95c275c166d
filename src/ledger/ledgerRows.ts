import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { CandorError } from '../core/candorError.ts';
import { corrupt, number, orNull, text } from '../core/json/fieldReaders.ts';
import type { Outcome } from '../core/words.ts';
import { leavesOf, parseAssessmentFields, parseOutcome } from './ledgerJson.ts';
import type { LedgerAssessment, LedgerTrace } from './ledgerAssessment.ts';

// Rows of the tables in `migrations.ts`, and what they stand for.

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Values for the columns of `assessments` after `number`, in order. */
export function rowOfAssessment(assessment: LedgerAssessment): readonly SQLInputValue[] {
  const { id, region, workspace, document, atMs, origin, tool, source, judgement, band, evidence } = assessment;
  const { buffer, byteOffset, byteLength } = assessment.leafHashes;
  return [
    id,
    region,
    workspace,
    document,
    atMs,
    origin,
    tool,
    JSON.stringify(source),
    judgement === null ? null : JSON.stringify(judgement),
    band,
    JSON.stringify(evidence),
    new Uint8Array(buffer, byteOffset, byteLength),
    assessment.outsideNames,
  ];
}

/** @throws CandorError `corrupt` for a row that no assessment was written to */
export function assessmentOfRow(row: Row): LedgerAssessment {
  const fields = parseAssessmentFields({
    ...row,
    atMs: row.at_ms,
    source: parseJson(row.source),
    judgement: orNull(row.judgement, parseJson),
    evidence: parseJson(row.evidence),
  });
  return { ...fields, ...leavesOf(wordsOf(row.leaf_hashes), bytesOf(row.outside_names)) };
}

/**
 * @param row with the columns that a trace needs
 * @throws CandorError `corrupt` for a row that no assessment was written to
 */
export function traceOfRow({ id, workspace, document, ...row }: Row): LedgerTrace {
  const leaves = leavesOf(wordsOf(row.leaf_hashes), bytesOf(row.outside_names));
  return { id: text(id), workspace: text(workspace), document: text(document), ...leaves };
}

/** Values for the columns `target` to `known_ms` of `outcomes`, in order. */
export function rowOfOutcome(outcome: Outcome): readonly SQLInputValue[] {
  const { target, retainedShare, happened, cause, workedOn, atMs } = outcome;
  return [JSON.stringify(target), retainedShare, Number(happened), cause ?? null, Number(workedOn), atMs];
}

/**
 * @param row with the columns of `outcomes`, and `assessment_id`
 * @throws CandorError `corrupt` for a row that no outcome was written to
 */
export function outcomeOfRow(row: Row): Outcome {
  return parseOutcome({
    assessment: row.assessment_id,
    target: parseJson(row.target),
    retainedShare: row.retained_share,
    happened: number(row.happened) === 1,
    ...(row.cause !== null && { cause: row.cause }),
    workedOn: number(row.worked_on) === 1,
    atMs: row.known_ms,
  });
}

/** What rows stand for. One that cannot be read is passed over: the others are none the worse for it. */
export function readable<T>(rows: readonly Row[], read: (row: Row) => T): readonly T[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (CandorError.is(error, 'corrupt')) return [];
      throw error;
    }
  });
}

function parseJson(value: unknown): unknown {
  try {
    return JSON.parse(text(value));
  } catch {
    throw corrupt();
  }
}

function wordsOf(value: SQLOutputValue | undefined): Uint32Array {
  const bytes = bytesOf(value);
  if (bytes.length % Uint32Array.BYTES_PER_ELEMENT !== 0) throw corrupt();
  // SQLite's bytes may lie anywhere; words must be aligned.
  return new Uint32Array(bytes.slice().buffer);
}

function bytesOf(value: SQLOutputValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw corrupt();
  return value;
}
