import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { CandorError } from '../core/candorError.ts';
import { loadSqlite } from '../ledger/loadSqlite.ts';
import { isDamage } from '../ledger/sqliteErrors.ts';
import { isRecord, parseJson } from '../wire/jsonReaders.ts';
import type { AuditStore } from './auditStore.ts';
import type { FileSketch } from './fileSketch.ts';
import { notKept } from './notKept.ts';

/** Raised with the schema: a store of another one is begun anew, for all in it can be had again. */
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE file (
    path TEXT NOT NULL, slot TEXT NOT NULL, maker TEXT NOT NULL, digest TEXT, stamp TEXT, sketch TEXT NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (path, slot)
  ) STRICT;
  CREATE TABLE explained (
    path TEXT NOT NULL, slot TEXT NOT NULL, region INTEGER NOT NULL, maker TEXT NOT NULL, digest TEXT, assessment TEXT NOT NULL,
    PRIMARY KEY (path, slot, region)
  ) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** How long a call waits for another audit that writes. */
const BUSY_MS = 10_000;

/**
 * A store in a file that only the user may read. One that is damaged, or of another version, is begun anew.
 * @param path in a folder that is there
 * @throws CandorError `unsupported` in a runtime without SQLite; else what SQLite and the disk throw
 */
export function openSqliteStore(path: string): AuditStore {
  try {
    return storeIn(openFile(path), path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return storeIn(openFile(path), path);
  }
}

function openFile(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  // SQLite gives its log the mode of the file.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`);
    database.exec('BEGIN IMMEDIATE');
    const version = database.prepare('PRAGMA user_version').get()?.user_version;
    if (version !== SCHEMA_VERSION) {
      database.exec(`DROP TABLE IF EXISTS file; DROP TABLE IF EXISTS explained; ${SCHEMA}`);
    }
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Sees what the file holds now, for as long as it is open: the log keeps what others write meanwhile apart from that. */
function openReader(path: string): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const reader = new DatabaseSync(path);
  try {
    // A transaction begins with its first reading.
    reader.exec(`PRAGMA busy_timeout = ${BUSY_MS}; BEGIN; SELECT 1 FROM file LIMIT 1`);
    return reader;
  } catch (error) {
    reader.close();
    throw error;
  }
}

function storeIn(database: DatabaseSync, file: string): AuditStore {
  const readers: DatabaseSync[] = [];
  const find = database.prepare('SELECT maker, digest, stamp, sketch FROM file WHERE path = ? AND slot = ?');
  const keep = database.prepare(
    'INSERT OR REPLACE INTO file (path, slot, maker, digest, stamp, sketch, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const restamp = database.prepare('UPDATE file SET stamp = ? WHERE path = ? AND slot = ?');
  const explained = database.prepare(
    'SELECT assessment FROM explained WHERE path = ? AND slot = ? AND region = ? AND maker = ? AND digest IS ?',
  );
  const keepExplained = database.prepare(
    'INSERT OR REPLACE INTO explained (path, slot, region, maker, digest, assessment) VALUES (?, ?, ?, ?, ?, ?)',
  );
  return {
    find(path, slot) {
      const row = find.get(path, slot);
      if (row === undefined) return null;
      const { maker, digest, stamp, sketch } = row;
      return {
        path,
        slot,
        maker: String(maker),
        digest: textOrNull(digest),
        stamp: textOrNull(stamp),
        sketch: sketchOf(String(sketch)),
      };
    },
    keep({ path, slot, maker, digest, stamp, sketch }, bytes) {
      keep.run(path, slot, maker, digest, stamp, JSON.stringify(sketch), bytes);
    },
    restamp(path, slot, stamp) {
      restamp.run(stamp, path, slot);
    },
    recordsNow() {
      const reader = openReader(file);
      readers.push(reader);
      const record = reader.prepare(
        'SELECT record FROM file WHERE path = ? AND slot = ? AND maker = ? AND digest IS ?',
      );
      return {
        record({ path, slot, maker, digest }) {
          const bytes = record.get(path, slot, maker, digest)?.record;
          if (bytes instanceof Uint8Array) return bytes;
          throw notKept(path);
        },
      };
    },
    explained({ path, slot, index, maker, digest }) {
      return textOrNull(explained.get(path, slot, index, maker, digest)?.assessment);
    },
    keepExplained({ path, slot, index, maker, digest }, assessment) {
      keepExplained.run(path, slot, index, maker, digest, assessment);
    },
    close() {
      for (const reader of readers) reader.close();
      database.close();
    },
  };
}

/** What was kept by the same schema has this shape. */
function sketchOf(json: string): FileSketch {
  const sketch: unknown = parseJson(json);
  if (isSketch(sketch)) return sketch;
  throw new CandorError('corrupt', 'What is kept of earlier audits is damaged. Audit again with --no-cache.');
}

function isSketch(value: unknown): value is FileSketch {
  return isRecord(value) && Array.isArray(value.regions);
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
