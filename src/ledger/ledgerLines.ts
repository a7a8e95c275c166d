import { CandorError } from '../core/candorError.ts';
import { record, type JsonRecord } from '../core/json/fieldReaders.ts';
import type { Outcome } from '../core/words.ts';
import type { LedgerAssessment } from './ledgerAssessment.ts';
import { ledgerAssessmentToJson, parseLedgerAssessment, parseOutcome } from './ledgerJson.ts';
import type { AssessmentWithOutcomes } from './ledgerTables.ts';

// A ledger as JSON lines: what it is, then each assessment, followed by its outcomes.

const SCHEMA_VERSION = 1;

export const HEADER_LINE = JSON.stringify({ kind: 'ledger', schemaVersion: SCHEMA_VERSION });

export function linesOf({ assessment, outcomes }: AssessmentWithOutcomes): readonly string[] {
  return [
    JSON.stringify({ kind: 'assessment', ...ledgerAssessmentToJson(assessment) }),
    ...outcomes.map((outcome) => JSON.stringify({ kind: 'outcome', ...outcome })),
  ];
}

type LedgerEntry =
  | { readonly kind: 'assessment'; readonly assessment: LedgerAssessment }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/**
 * Reads lines that were exported; empty ones are passed over.
 * @throws CandorError `bad-input` that names the line, from 1, and what is amiss with it
 */
export function* readLines(lines: Iterable<string>): IterableIterator<LedgerEntry> {
  let lineNumber = 0;
  let isHeaderRead = false;
  for (const line of lines) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    try {
      const json = parse(line);
      if (isHeaderRead) yield entryOf(json);
      else checkHeader(json);
      isHeaderRead = true;
    } catch (cause) {
      if (!CandorError.is(cause, 'corrupt')) throw cause;
      const message = `Line ${lineNumber} is amiss. ${cause.message} Nothing was imported. Choose a file that Candor exported.`;
      throw new CandorError('bad-input', message, { cause });
    }
  }
}

function checkHeader({ kind, schemaVersion }: JsonRecord): void {
  if (kind !== 'ledger') throw amiss('It does not say that this is a ledger.');
  if (schemaVersion !== SCHEMA_VERSION) throw amiss('This ledger is of another version of Candor.');
}

function entryOf(json: JsonRecord): LedgerEntry {
  switch (json.kind) {
    case 'assessment':
      return { kind: 'assessment', assessment: parseLedgerAssessment(json) };
    case 'outcome':
      return { kind: 'outcome', outcome: parseOutcome(json) };
    default:
      throw amiss('It is neither an assessment nor an outcome.');
  }
}

function parse(line: string): JsonRecord {
  try {
    return record(JSON.parse(line));
  } catch {
    throw amiss('It is no JSON object.');
  }
}

function amiss(what: string): CandorError {
  return new CandorError('corrupt', what);
}
