import { CandorError } from '../core/candorError.ts';

/** SQLite's primary result codes for a file that is damaged, and for one that is no database (https://sqlite.org/rescode.html). */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** SQLite's result code without its extension, or null for an error that is not SQLite's. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return null;
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
}

/** Whether SQLite says that the file is damaged or no database at all. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/**
 * Does what needs the database.
 * @throws CandorError `corrupt` or `unreadable` for what SQLite throws; what else is thrown comes through as it is
 */
export function withSqlite<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isDamage(cause)) {
      const message = 'The ledger is damaged. Reload the window: it is set aside then, and a new one is begun.';
      throw new CandorError('corrupt', message, { cause });
    }
    if (resultCode(cause) === null) throw cause;
    const message =
      'The ledger cannot be read or written. See that its disk has room, and that its folder is yours to write.';
    throw new CandorError('unreadable', message, { cause });
  }
}
