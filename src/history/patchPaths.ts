import type { PatchedFile } from './readPatch.ts';

/** What git puts before names: of the two sides, of the index, of a commit, of the working tree, of objects. */
const PREFIX = /^([abciow12])\//;

/**
 * The paths of the files of one patch as it leaves them, without the prefixes of git; null for a file that it deletes.
 *
 *     a/src/x.ts  b/src/x.ts    src/x.ts, for the sides differ
 *     a/src/x.ts  a/src/x.ts    a/src/x.ts: then `a` is a folder
 *
 * A patch has prefixes on all of its names or on none, so one pair of names without them decides for all.
 */
export function patchPaths(files: readonly Pick<PatchedFile, 'oldName' | 'newName'>[]): readonly (string | null)[] {
  const hasPrefixes = files.every(({ oldName, newName }) => {
    const [before, after] = [oldName, newName].map((name) => (name === null ? null : (PREFIX.exec(name)?.[1] ?? '')));
    return before !== '' && after !== '' && (before === null || before !== after);
  });
  return files.map(({ newName }) => (hasPrefixes ? (newName?.replace(PREFIX, '') ?? null) : newName));
}
