import { existsSync } from 'node:fs';
import type { LearnedFrom } from './ledger.ts';
import { readTables } from './readTables.ts';

/**
 * All outcomes of a workspace in the order in which they were known, from a ledger that is not written to, for whoever only reports.
 *
 * @param workspace its salted digest
 * @returns none where there is no ledger; null where it cannot be read: no SQLite, damage, or another version of it
 */
export function readOutcomes(path: string, workspace: string): readonly LearnedFrom[] | null {
  return existsSync(path) ? readTables(path, (tables) => tables.outcomesOf(workspace)) : [];
}
