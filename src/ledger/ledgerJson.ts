import { CandorError } from '../core/candorError.ts';
import {
  count,
  corrupt,
  dictionary,
  flag,
  list,
  number,
  oneOf,
  orNull,
  record,
  share,
  text,
  type JsonRecord,
} from '../core/json/fieldReaders.ts';
import { parseSource } from '../core/json/parseSource.ts';
import { parseTarget } from '../core/json/parseTarget.ts';
import type { Band, Basis, Evidence, Judgement, Origin, Outcome } from '../core/words.ts';
import type { LedgerAssessment } from './ledgerAssessment.ts';

// What the ledger holds, as JSON and back. What has no place in a type is left out, so that no text comes in by the back door.

const ORIGINS: readonly Origin[] = ['inline', 'recorded', 'inserted', 'diff', 'declared', 'file'];
const BANDS: readonly Band[] = ['trust', 'check', 'doubt', 'unknown'];
const LARGEST_HASH = 2 ** 32 - 1;

/** An assessment with its hashes as lists of numbers. */
export function ledgerAssessmentToJson(assessment: LedgerAssessment): JsonRecord {
  const { leafHashes, outsideNames } = assessment;
  return { ...assessment, leafHashes: [...leafHashes], outsideNames: [...outsideNames] };
}

/** @throws CandorError `corrupt` that names the field which is amiss */
export function parseLedgerAssessment(json: unknown): LedgerAssessment {
  const fields = record(json);
  return {
    ...parseAssessmentFields(fields),
    ...leavesOf(
      field(fields, 'leafHashes', (hashes) => Uint32Array.from(list(hashes, hash))),
      field(fields, 'outsideNames', (flags) => Uint8Array.from(list(flags, bit))),
    ),
  };
}

/** What is known of an assessment's leaves: a hash and a flag each. */
export type AssessmentLeaves = Pick<LedgerAssessment, 'leafHashes' | 'outsideNames'>;

/** @throws CandorError `corrupt` where there are not as many of the one as of the other */
export function leavesOf(leafHashes: Uint32Array, outsideNames: Uint8Array): AssessmentLeaves {
  if (leafHashes.length === outsideNames.length) return { leafHashes, outsideNames };
  throw new CandorError('corrupt', 'The field "outsideNames" is not as long as "leafHashes".');
}

/** @throws CandorError `corrupt` that names the field which is amiss */
export function parseAssessmentFields(fields: JsonRecord): Omit<LedgerAssessment, keyof AssessmentLeaves> {
  return {
    id: field(fields, 'id', text),
    region: field(fields, 'region', text),
    workspace: field(fields, 'workspace', text),
    document: field(fields, 'document', text),
    atMs: field(fields, 'atMs', number),
    origin: field(fields, 'origin', (origin) => oneOf(origin, ORIGINS)),
    tool: field(fields, 'tool', (tool) => orNull(tool, text)),
    source: field(fields, 'source', parseSource),
    judgement: field(fields, 'judgement', (judgement) => orNull(judgement, parseJudgement)),
    band: field(fields, 'band', (band) => oneOf(band, BANDS)),
    evidence: field(fields, 'evidence', parseEvidence),
  };
}

/** @throws CandorError `corrupt` that names the field which is amiss */
export function parseOutcome(json: unknown): Outcome {
  const fields = record(json);
  return {
    assessment: field(fields, 'assessment', text),
    target: field(fields, 'target', parseTarget),
    retainedShare: field(fields, 'retainedShare', share),
    happened: field(fields, 'happened', flag),
    ...(fields.cause !== undefined && { cause: field(fields, 'cause', text) }),
    workedOn: field(fields, 'workedOn', flag),
    atMs: field(fields, 'atMs', number),
  };
}

function parseEvidence(json: unknown): Evidence {
  const { version, signals, features, levels } = record(json);
  return {
    version: count(version),
    signals: dictionary(signals, number),
    features: dictionary(features, number),
    levels: dictionary(levels, text),
  };
}

function parseJudgement(json: unknown): Judgement {
  const { p, low, high, basis } = record(json);
  return { p: share(p), low: share(low), high: share(high), basis: parseBasis(basis) };
}

function parseBasis(json: unknown): Basis {
  const { target, authors, riskModel, prior, outcomeCount, commitCount } = record(json);
  return {
    target: parseTarget(target),
    authors: oneOf(authors, ['ai', 'any']),
    riskModel: text(riskModel),
    prior: text(prior),
    outcomeCount: count(outcomeCount),
    commitCount: count(commitCount),
  };
}

function hash(json: unknown): number {
  const value = count(json);
  if (value > LARGEST_HASH) throw corrupt();
  return value;
}

function bit(json: unknown): number {
  const value = count(json);
  if (value > 1) throw corrupt();
  return value;
}

function field<T>(fields: JsonRecord, name: string, read: (json: unknown) => T): T {
  try {
    return read(fields[name]);
  } catch (cause) {
    if (!CandorError.is(cause)) throw cause;
    throw new CandorError('corrupt', `The field "${name}" is amiss.`, { cause });
  }
}
