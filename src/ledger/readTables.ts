import { ledgerTables, type LedgerTables } from './ledgerTables.ts';
import { loadSqlite } from './loadSqlite.ts';
import { MIGRATIONS } from './migrations.ts';

/** An editor may write meanwhile. */
const BUSY_MS = 2000;

/**
 * Reads the tables of a ledger that is not written to, for whoever only reports.
 *
 * @param path of a file that is there
 * @returns null where it cannot be read: no SQLite, damage, or another version of it
 */
export function readTables<T>(path: string, read: (tables: LedgerTables) => T): T | null {
  try {
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
      if (database.prepare('PRAGMA user_version').get()?.user_version !== MIGRATIONS.length) return null;
      return read(ledgerTables(database));
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
