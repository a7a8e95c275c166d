import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * The workspace that paths belong to: the git repository around them or, outside of any, the innermost folder that holds
 * them all. Paths that do not exist count as files.
 */
export function findWorkspace(paths: readonly string[]): string {
  const common = commonFolder(paths.map((path) => folderOf(resolve(path))));
  return repositoryAround(common) ?? common;
}

/** The root of the git repository around a folder; null: there is none. */
export function repositoryAround(path: string): string | null {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

/** The innermost folder that holds all of these, which are absolute. */
export function commonFolder(folders: readonly string[]): string {
  return folders.reduce((common, folder) => {
    let candidate = common;
    while (relative(candidate, folder).split(sep)[0] === '..') candidate = dirname(candidate);
    return candidate;
  });
}
