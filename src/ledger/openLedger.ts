import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CandorError } from '../core/candorError.ts';
import type { Ledger } from './ledger.ts';
import { loadSqlite } from './loadSqlite.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';
import { sqliteLedger } from './sqliteLedger.ts';
import { withSqlite } from './sqliteErrors.ts';

const MOST_BYTES = 64 * 2 ** 20;

/** The import of a full ledger takes some seconds. */
const BUSY_MS = 10_000;

export interface LedgerOptions {
  /** Size of the file from which the oldest assessments go, with their outcomes; 64 MiB unless told. */
  readonly mostBytes?: number;
  /** How long a call waits for another process that writes; 10,000 unless told. */
  readonly busyMs?: number;
  /** Is told where a damaged ledger was put, before a new one is begun: nothing of it is deleted. */
  readonly onSetAside?: (path: string) => void;
}

/**
 * Opens the ledger at a path, or begins it. Only the user may read its files: the path, with `-wal` and `-shm` while it is open,
 * and an empty one with `.opening`.
 *
 * @throws CandorError `unsupported` for a runtime without SQLite, or a ledger of a newer version, which is left as it is;
 *   `unreadable` where the disk refuses
 */
export async function openLedger(path: string, options: LedgerOptions = {}): Promise<Ledger> {
  const { mostBytes = MOST_BYTES, busyMs = BUSY_MS, onSetAside = () => undefined } = options;
  loadSqlite();
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const database = withSqlite(() => openDatabase(path, { busyMs, migrations: MIGRATIONS, onSetAside }));
    return sqliteLedger(database, { path, mostBytes });
  } catch (cause) {
    if (CandorError.is(cause)) throw cause;
    const message = `The ledger cannot be kept in ${dirname(path)}. Make the folder writable, or set XDG_STATE_HOME.`;
    throw new CandorError('unreadable', message, { cause });
  }
}
