import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CandorError } from '../core/candorError.ts';
import { SET_ASIDE } from './openDatabase.ts';

/**
 * Writes the file anew without what was deleted, and cuts its log to nothing: what SQLite overwrites as it deletes may have copies
 * where rows once lay, and in the log.
 *
 * @throws CandorError `unreadable` where another process reads for so long that the old bytes must stay
 */
export function scrub(database: DatabaseSync): void {
  database.exec('VACUUM');
  if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0) return;
  const message =
    'It is forgotten, but traces stay on the disk while another window reads the ledger. Close it and forget again.';
  throw new CandorError('unreadable', message);
}

/** Damaged files that were set aside hold what the ledger once did. */
export function removeSetAside(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(basename(path) + SET_ASIDE)) rmSync(join(dirname(path), name), { force: true });
  }
}
