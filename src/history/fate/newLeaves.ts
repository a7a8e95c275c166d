import type { FileVersions, LeafFates } from './fatesOfLeaves.ts';

/**
 * Which leaves a landing brought, by file and by leaf of its later version: 1 for those that no earlier leaf became. What was
 * moved or renamed is not new.
 *
 * @param fates as `fatesOfLeaves` gives them for the same files
 */
export function newLeavesOf(files: readonly FileVersions[], fates: readonly LeafFates[]): readonly Uint8Array[] {
  const isNew = files.map(({ after }) => new Uint8Array(after?.words.length ?? 0).fill(1));
  for (const { files: destinations, leaves } of fates) {
    for (const [leaf, file] of destinations.entries()) {
      const row = isNew[file];
      if (row !== undefined) row[leaves[leaf] ?? 0] = 0;
    }
  }
  return isNew;
}
