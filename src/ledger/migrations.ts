import type { DatabaseSync } from 'node:sqlite';
import { CandorError } from '../core/candorError.ts';
import { writing } from './transaction.ts';

/**
 * What brings the schema from each version to the next: the first step makes version 1. Steps are only ever added.
 *
 * No column holds text of the user's: places are salted digests, leaves are salted hashes, JSON is Candor's own (`source`,
 * `judgement`, `evidence`, `target`). Hashes are 32-bit words in the machine's order: the file stays on its machine.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE assessments (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    region TEXT NOT NULL,
    workspace TEXT NOT NULL,
    document TEXT NOT NULL,
    at_ms REAL NOT NULL,
    origin TEXT NOT NULL,
    tool TEXT,
    source TEXT NOT NULL,
    judgement TEXT,
    band TEXT NOT NULL,
    evidence TEXT NOT NULL,
    leaf_hashes BLOB NOT NULL,
    outside_names BLOB NOT NULL
  ) STRICT;
  CREATE INDEX assessments_of_workspace ON assessments (workspace, at_ms);
  CREATE INDEX assessments_by_age ON assessments (at_ms);
  CREATE TABLE outcomes (
    number INTEGER PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessments (number) ON DELETE CASCADE,
    target TEXT NOT NULL,
    retained_share REAL NOT NULL,
    happened INTEGER NOT NULL,
    cause TEXT,
    worked_on INTEGER NOT NULL,
    known_ms REAL NOT NULL,
    UNIQUE (assessment, target)
  ) STRICT;
  `,
];

/**
 * Brings a database to the newest version of its schema, each step whole or not at all.
 * @throws CandorError `unsupported` for a schema that is newer than all steps; it is left as it is
 */
export function migrate(database: DatabaseSync, steps: readonly string[]): void {
  for (let version = versionOf(database); version < steps.length; version = versionOf(database)) {
    writing(database, () => {
      // Another process may have been faster.
      if (versionOf(database) !== version) return;
      database.exec(`${steps[version] ?? ''}; PRAGMA user_version = ${version + 1}`);
    });
  }
  if (versionOf(database) > steps.length) {
    const message = 'The ledger was written by a newer version of Candor. Update Candor; nothing of it was changed.';
    throw new CandorError('unsupported', message);
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}
