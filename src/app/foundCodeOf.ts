import { relative, sep } from 'node:path';
import type { FileToAudit } from '../audit/assessFile.ts';
import { firstRules, isExcluded, PASSED_OVER, rulesByPath, standingOf, type Standing } from '../audit/folderRules.ts';
import type { FoundCode } from './findCode.ts';

/** Where code is looked for. */
export interface Whereabouts {
  /** Holds all folders; the paths of what is found are relative to it. */
  readonly workspace: string;
  readonly folders: readonly string[];
  /** What is left out besides, by patterns as in the workspace's `.candorignore`. */
  readonly exclude?: readonly string[];
}

/**
 * What was found below folders, by its path in the workspace, in order of path, without what is excluded; what is generated or vendored
 * is told to be left out. null: no code by its name.
 */
export async function foundCodeOf(
  { workspace, folders, exclude }: Whereabouts,
  found: ReadonlyMap<string, FileToAudit | null>,
): Promise<FoundCode> {
  const rulesOf = rulesByPath(workspace, firstRules(exclude));
  const roots = folders.map((folder) => relative(workspace, folder).split(sep).join('/'));
  const files: FileToAudit[] = [];
  let otherFileCount = 0;
  for (const [path, file] of found) {
    // Nothing outside is read, so no rules either.
    if (file?.leftOut === 'outside the workspace') {
      files.push(file);
      continue;
    }
    const below = belowNearest(roots, path);
    if (below.split('/').some((name) => PASSED_OVER.has(name))) continue;
    const rules = await rulesOf(path);
    if (isExcluded(rules, path)) continue;
    if (file === null) otherFileCount++;
    else files.push({ ...file, ...judgedAs(standingOf(rules, path, below)), ...leftOutAlready(file) });
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), otherFileCount };
}

/** What a file's standing says of judging it. */
export function judgedAs(standing: Standing): Pick<FileToAudit, 'leftOut' | 'isOwn'> {
  if (standing === null) return {};
  return standing === 'own' ? { isOwn: true } : { leftOut: standing };
}

/** A reason that was found first is told first. */
function leftOutAlready({ leftOut }: FileToAudit): Pick<FileToAudit, 'leftOut'> {
  return leftOut === undefined ? {} : { leftOut };
}

/** A path from the innermost of the folders that hold it. */
function belowNearest(roots: readonly string[], path: string): string {
  const holding = roots.filter((root) => root !== '' && path.startsWith(`${root}/`));
  const nearest = holding.reduce((longest, root) => (root.length > longest.length ? root : longest), '');
  return nearest === '' ? path : path.slice(nearest.length + 1);
}
