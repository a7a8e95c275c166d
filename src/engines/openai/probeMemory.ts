import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, parseJson, readArray, readCount, readField, readString } from '../../wire/jsonReaders.ts';
import { PROBE_VERSION, type Finding, type ServerReport } from './probeServer.ts';
import { FILLING_WAYS, SCORING_WAYS, WRITING_WAYS, type ServerAbilities } from './serverAbilities.ts';
import type { ServerIdentity } from './serverIdentity.ts';

/** What a report is about: another model, server or version of it is measured anew. */
export interface ProbeKey {
  readonly baseUrl: string;
  readonly model: string;
  readonly identity: ServerIdentity;
}

/** Reports of earlier probes. */
export interface ProbeMemory {
  /** The report that was kept for a key; null for none, and for one that is old, damaged or of an older probe. */
  recall(key: ProbeKey): Promise<ServerReport | null>;
  /** Keeps a report, if that can be done: one that is not kept is measured again. */
  keep(key: ProbeKey, report: ServerReport): Promise<void>;
}

const SCHEMA_VERSION = 1;

/** A server may be set up anew under the same version. */
const MOST_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Remembers reports in a folder, a small file each. Its name is a digest of the key, and the file holds what was measured:
 * no address, no text and no secret.
 */
export function probeMemory(folder: string, now: () => number = Date.now): ProbeMemory {
  return {
    recall: async (key) => {
      try {
        return reportIn(parseJson(await readFile(fileOf(folder, key), 'utf8')), key.model, now());
      } catch {
        return null;
      }
    },
    keep: async (key, report) => {
      const path = fileOf(folder, key);
      const unfinished = `${path}.${randomUUID()}.part`;
      const kept = { schemaVersion: SCHEMA_VERSION, probeVersion: PROBE_VERSION, atMs: now(), ...report };
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(unfinished, JSON.stringify(kept), { mode: 0o600, flag: 'wx' });
        await rename(unfinished, path);
      } catch {
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
  };
}

function fileOf(folder: string, { baseUrl, model, identity }: ProbeKey): string {
  const key = JSON.stringify([baseUrl, model, identity.kind, identity.version]);
  return join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);
}

function reportIn(file: unknown, model: string, nowMs: number): ServerReport | null {
  if (readField(file, 'schemaVersion') !== SCHEMA_VERSION) return null;
  if (readField(file, 'probeVersion') !== PROBE_VERSION) return null;
  const ageMs = nowMs - (readCount(readField(file, 'atMs')) ?? 0);
  const abilities = abilitiesIn(readField(file, 'abilities'));
  if (!(ageMs >= 0 && ageMs < MOST_AGE_MS) || abilities?.model !== model) return null;
  return { abilities, findings: readArray(readField(file, 'findings')).flatMap(findingIn) };
}

function abilitiesIn(given: unknown): ServerAbilities | null {
  const model = readString(readField(given, 'model'));
  const generation = oneOf([...WRITING_WAYS, 'none'], readField(given, 'generation'));
  const distribution = oneOf(['raw', 'scaled', 'unknown'], readField(given, 'distribution'));
  const vocabulary = vocabularyIn(readField(given, 'vocabulary'));
  const maxTopK = readCount(readField(given, 'maxTopK'));
  const promptScoring = oneOf([...SCORING_WAYS, 'forced-grammar', 'none'], readField(given, 'promptScoring'));
  const fillInTheMiddle = oneOf([...FILLING_WAYS, 'none'], readField(given, 'fillInTheMiddle'));
  if (model === null || generation === null || distribution === null || vocabulary === null) return null;
  if (maxTopK === null || promptScoring === null || fillInTheMiddle === null) return null;
  const answersInWords = readField(given, 'answersInWords');
  return {
    model,
    generation,
    ...(typeof answersInWords === 'boolean' && { answersInWords }),
    distribution,
    vocabulary,
    maxTopK,
    promptScoring,
    fillInTheMiddle,
  };
}

function vocabularyIn(given: unknown): ServerAbilities['vocabulary'] | null {
  const kind = oneOf(['full', 'top-k'], readField(given, 'kind'));
  const k = readCount(readField(given, 'k'));
  if (kind === 'full') return { kind };
  return kind === null || k === null ? null : { kind, k };
}

function findingIn(given: unknown): readonly Finding[] {
  if (!isRecord(given)) return [];
  const { trial, found, detail } = given;
  return typeof trial === 'string' && typeof found === 'boolean' && typeof detail === 'string'
    ? [{ trial, found, detail }]
    : [];
}

function oneOf<const T extends string>(values: readonly T[], given: unknown): T | null {
  return values.find((value) => value === given) ?? null;
}
