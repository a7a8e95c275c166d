import type { DatabaseSync } from 'node:sqlite';

/** Does all of it or nothing. Others wait before they write: what is read within still holds as it is written. */
export function writing<T>(database: DatabaseSync, work: () => T): T {
  return transaction(database, 'BEGIN IMMEDIATE', work);
}

/** Reads one state of the database, however others write meanwhile. */
export function reading<T>(database: DatabaseSync, work: () => T): T {
  return transaction(database, 'BEGIN', work);
}

function transaction<T>(database: DatabaseSync, begin: string, work: () => T): T {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // A full disk and its like have rolled back already.
  }
}
