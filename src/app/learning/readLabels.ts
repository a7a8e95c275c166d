import type { RegionLabel } from '../../audit/report.ts';
import { readOutcomes } from '../../ledger/readOutcomes.ts';
import { placeDigests } from '../capture/placeDigests.ts';
import { ledgerPath } from '../userFolders.ts';
import { labelsOf } from './labelsOf.ts';

/**
 * What people said in the editor of code in some files, from the ledger, which is only read.
 *
 * @param paths of the files, relative to the workspace
 * @param salt as the ledger's identities have it
 * @returns null where the ledger cannot be read
 */
export function readLabels(
  { workspace, paths, salt }: { readonly workspace: string; readonly paths: readonly string[]; readonly salt: string },
  environment: NodeJS.ProcessEnv = process.env,
): readonly RegionLabel[] | null {
  const places = placeDigests(salt);
  const outcomes = readOutcomes(ledgerPath(environment), places.workspace(workspace));
  // Most workspaces have none, and paths may be many.
  if (outcomes === null || outcomes.length === 0) return outcomes === null ? null : [];
  return labelsOf(outcomes, new Map(paths.map((path) => [places.document(path), path])));
}
