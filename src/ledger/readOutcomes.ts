import { existsSync } from 'node:fs';
import type { LearnedFrom } from './ledger.ts';
import { ledgerTables } from './ledgerTables.ts';
import { loadSqlite } from './loadSqlite.ts';
import { MIGRATIONS } from './migrations.ts';

/** An editor may write meanwhile. */
const BUSY_MS = 2000;

/**
 * All outcomes of a workspace in the order in which they were known, from a ledger that is not written to, for whoever only reports.
 *
 * @param workspace its salted digest
 * @returns none where there is no ledger; null where it cannot be read: no SQLite, damage, or another version of it
 */
export function readOutcomes(path: string, workspace: string): readonly LearnedFrom[] | null {
  if (!existsSync(path)) return [];
  try {
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
      if (database.prepare('PRAGMA user_version').get()?.user_version !== MIGRATIONS.length) return null;
      return ledgerTables(database).outcomesOf(workspace);
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
