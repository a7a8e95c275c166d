import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CandorError } from '../core/candorError.ts';
import {
  firstRules,
  isPassedOver,
  PASSED_OVER,
  rulesIn,
  standingOf,
  type FolderRules,
  type Standing,
} from './folderRules.ts';
import { mapInOrder } from './mapInOrder.ts';

/** A file below what was named. */
export interface CollectedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Whose work it is; `own` for one that was named itself. */
  readonly standing: Standing;
  readonly isNamed: boolean;
}

/** What a walk goes by. */
interface Walk {
  readonly root: string;
  /** The folder that was named. */
  readonly from: string;
  readonly found: Map<string, Standing>;
}

/** A folder, and what is said above it. */
interface OpenFolder {
  readonly folder: string;
  readonly above: FolderRules;
}

/** Folders that are read at a time. */
const FOLDERS_UNDER_WAY = 16;

/**
 * All files below the given files and folders, in order of path, each once.
 *
 * Inside folders what `.gitignore` and `.candorignore` files leave out is left out, and so are links; a file or folder that is named
 * itself is always taken.
 *
 * @param root workspace that the returned paths are relative to; it must hold all of `paths`
 * @param exclude patterns of what else is left out, as in the root's `.candorignore`
 * @throws CandorError `not-found` when a path does not exist, `unreadable` when a folder that is named cannot be read,
 * `unsupported` when a path that is named is neither file nor folder
 */
export async function collectFiles(
  root: string,
  paths: readonly string[],
  exclude: readonly string[] = [],
): Promise<readonly CollectedFile[]> {
  const found = new Map<string, Standing>();
  const named = new Set<string>();
  for (const path of paths) {
    const entry = await stat(path).catch((cause: unknown) => {
      throw new CandorError('not-found', `${path} does not exist. Check the path.`, { cause });
    });
    if (entry.isDirectory())
      await walk({ root, from: path, found }, { folder: path, above: await rulesAbove(root, path, exclude) });
    else if (entry.isFile()) named.add(nameIn(root, path));
    else throw new CandorError('unsupported', `${path} is neither a file nor a folder. Name a file of code.`);
  }
  for (const path of named) found.set(path, 'own');
  return Array.from(found, ([path, standing]) => ({ path, standing, isNamed: named.has(path) })).sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
}

/** Level by level, so that many folders are read at a time, and never too many. */
async function walk(way: Walk, named: OpenFolder): Promise<void> {
  let level = await takeFiles(way, named);
  while (level.length > 0) {
    const below: OpenFolder[] = [];
    const take = (one: OpenFolder): Promise<readonly OpenFolder[]> =>
      takeFiles(way, one).catch((error: unknown) => {
        // A folder inside that may not be read is none of the user's concern here, as for git.
        if (CandorError.is(error, 'unreadable')) return [];
        throw error;
      });
    for await (const folders of mapInOrder(level, FOLDERS_UNDER_WAY, take)) below.push(...folders);
    level = below;
  }
}

/** Takes the files of a folder, and returns the folders in it that are to be walked. */
async function takeFiles({ root, from, found }: Walk, { folder, above }: OpenFolder): Promise<readonly OpenFolder[]> {
  const entries = await entriesOf(folder);
  const files = new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
  const rules = await rulesIn(root, folder, above, (name) => files.has(name));
  const below: OpenFolder[] = [];
  for (const entry of entries) {
    const full = join(folder, entry.name);
    const path = nameIn(root, full);
    if (isPassedOver(rules, `${path}${entry.isDirectory() ? '/' : ''}`)) continue;
    if (entry.isFile()) found.set(path, nearer(standingOf(rules, path, nameIn(from, full)), found.get(path)));
    else if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) below.push({ folder: full, above: rules });
  }
  return below;
}

/** A file that lies in two of the folders that were named is taken if one of them takes it. */
function nearer(standing: Standing, before: Standing | undefined): Standing {
  return before === 'own' || before === null ? before : standing;
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new CandorError('unreadable', `${folder} cannot be read. Check its permissions.`, { cause });
  }
}

/** What is said from the root down to a folder, its own files not included; nothing where the folder is ruled out itself. */
async function rulesAbove(root: string, folder: string, exclude: readonly string[]): Promise<FolderRules> {
  let rules = firstRules(exclude);
  let above = root;
  for (const name of relative(root, folder)
    .split(sep)
    .filter((part) => part !== '')) {
    rules = await rulesIn(root, above, rules);
    above = join(above, name);
    const path = `${nameIn(root, above)}/`;
    if (isPassedOver(rules, path)) return firstRules(rules.asked.ignores(path) ? [] : exclude);
  }
  return rules;
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
