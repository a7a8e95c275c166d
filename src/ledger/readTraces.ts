import { existsSync } from 'node:fs';
import type { LedgerTrace } from './ledgerAssessment.ts';
import { readTables } from './readTables.ts';

/**
 * The traces of all code that arrived in some workspaces, by workspace and in order of arrival, from a ledger that is not written to.
 *
 * @param isWanted told the salted digest of each workspace that the ledger knows
 * @returns none where there is no ledger; null where it cannot be read: no SQLite, damage, or another version of it
 */
export function readTraces(path: string, isWanted: (workspace: string) => boolean): readonly LedgerTrace[] | null {
  if (!existsSync(path)) return [];
  return readTables(path, (tables) =>
    tables
      .workspaces()
      .filter(isWanted)
      .flatMap((workspace) => tables.tracesOf(workspace)),
  );
}
