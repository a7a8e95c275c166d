import type { DatabaseSync } from 'node:sqlite';
import type { LedgerTables } from './ledgerTables.ts';
import { writing } from './transaction.ts';

/** Once the limit is crossed, this share of it is what may stay: else every write would have to remove something. */
const SHARE_LEFT = 0.9;

/** So many assessments go after one write, and so many pages of the file: a write stays quick, and the next one goes on. */
const MOST_REMOVED = 200;
const MOST_PAGES = 500;

/**
 * Holds the file to a size.
 *
 * @param mostBytes of the file, without the log of at most some MiB that has not been written to its place yet
 * @returns what takes out the oldest assessments where the limit was crossed, and says whether there is more to take out
 */
export function sizeLimit(database: DatabaseSync, tables: LedgerTables, mostBytes: number): () => boolean {
  const pragma = (name: string): number => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
  const pageBytes = pragma('page_size');
  const usedBytes = (): number => (pragma('page_count') - pragma('freelist_count')) * pageBytes;
  let isOver = false;

  return () => {
    isOver ||= usedBytes() > mostBytes;
    if (!isOver) return false;
    const removed = writing(database, () => tables.deleteOldest(MOST_REMOVED));
    database.exec(`PRAGMA incremental_vacuum(${MOST_PAGES})`);
    isOver = removed > 0 && usedBytes() > SHARE_LEFT * mostBytes;
    return isOver;
  };
}
