import { chmodSync, closeSync, existsSync, openSync, renameSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { CandorError } from '../core/candorError.ts';
import { loadSqlite } from './loadSqlite.ts';
import { migrate } from './migrations.ts';
import { isDamage } from './sqliteErrors.ts';

/** Beside the name of the database: its write-ahead log, and the index of that. */
const LOG_SUFFIXES = ['-wal', '-shm'];

/** What a file that was set aside has after the name of the database, before the time. */
export const SET_ASIDE = '.damaged-';

/** The log is cut back to this after a larger transaction. */
const MOST_LOG_BYTES = 4 * 2 ** 20;

export interface DatabaseOptions {
  /** How long a call waits for another process that writes. */
  readonly busyMs: number;
  /** What brings the schema from each version to the next. */
  readonly migrations: readonly string[];
  /** Is told where a damaged file was put, before a new one is begun. */
  readonly onSetAside: (path: string) => void;
}

/**
 * Opens the database, makes it where there is none, and sets it aside where it is damaged. One process at a time: nobody else may
 * hold a damaged file for the one that has just been begun.
 *
 * @param path in a folder that is there
 * @throws CandorError `unsupported` for a newer schema or a runtime without SQLite, `corrupt` for a disk that damages what is new;
 *   else what SQLite and the disk throw
 */
export function openDatabase(path: string, options: DatabaseOptions): DatabaseSync {
  // A lock that the system takes back when its process dies. Its file stays empty.
  const turn = openFile(`${path}.opening`);
  try {
    turn.exec(`PRAGMA busy_timeout = ${options.busyMs}; BEGIN EXCLUSIVE`);
    return openSound(path, options) ?? openAnew(path, options);
  } finally {
    turn.close();
  }
}

/** null: the file is damaged, or no database. */
function openSound(path: string, { busyMs, migrations }: DatabaseOptions): DatabaseSync | null {
  const database = openFile(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyMs}`);
    configure(database);
    if (database.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') throw damaged(path);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    if (isDamage(error) || CandorError.is(error, 'corrupt')) return null;
    throw error;
  }
}

function openAnew(path: string, options: DatabaseOptions): DatabaseSync {
  const aside = `${path}${SET_ASIDE}${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  // The log goes first: should it be left behind, SQLite would play it into the new file.
  for (const suffix of [...LOG_SUFFIXES, '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  options.onSetAside(aside);
  const database = openSound(path, options);
  if (database !== null) return database;
  throw damaged(path);
}

function damaged(path: string): CandorError {
  return new CandorError('corrupt', `${path} is damaged even when it is new. See to the disk that it is on.`);
}

/**
 * Opens a file that only the user may read; SQLite gives its log the same mode. One that is there is not opened by other means: to
 * close it would take the locks of every connection that this process has to it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
function openFile(path: string): DatabaseSync {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    chmodSync(path, 0o600);
  }
  const { DatabaseSync } = loadSqlite();
  return new DatabaseSync(path);
}

/** To say how a file is vacuumed is to write: it counts only before anything else is written. */
function configure(database: DatabaseSync): void {
  const isNew = database.prepare('PRAGMA page_count').get()?.page_count === 0;
  if (isNew) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = ${MOST_LOG_BYTES};
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
  `);
}
