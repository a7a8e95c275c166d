import ignore, { type Ignore } from 'ignore';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { CandorError } from '../core/candorError.ts';

/** Folders that hold no code of the workspace's own. */
const PASSED_OVER = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', '.tox']);

/**
 * All files below the given files and folders, in order of path, each once.
 *
 * Inside folders what `.gitignore` files leave out is left out, and so are links; a file or folder that is named itself
 * is always taken.
 *
 * @param root workspace that the returned paths are relative to; it must hold all of `paths`
 * @throws CandorError `not-found` when a path does not exist
 */
export async function collectFiles(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const entry = await stat(path).catch((cause: unknown) => {
      throw new CandorError('not-found', `${path} does not exist. Check the path.`, { cause });
    });
    if (entry.isDirectory()) await walk(root, path, [], found);
    else found.add(relative(root, path));
  }
  return Array.from(found, (path) => path.split(sep).join('/')).sort();
}

/** A `.gitignore` and the folder that it speaks about. */
interface Rules {
  readonly folder: string;
  readonly matcher: Ignore;
}

async function walk(root: string, folder: string, above: readonly Rules[], found: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const rules = entries.some((entry) => entry.isFile() && entry.name === '.gitignore')
    ? [...above, { folder, matcher: ignore().add(await readFile(join(folder, '.gitignore'), 'utf8')) }]
    : above;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isIgnored(rules, path, entry.isDirectory())) continue;
    if (entry.isFile()) found.add(relative(root, path));
    else if (entry.isDirectory() && !PASSED_OVER.has(basename(path))) await walk(root, path, rules, found);
  }
}

/** The nearest file that says anything about the path decides. */
function isIgnored(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  for (const { folder, matcher } of rules.toReversed()) {
    const name = relative(folder, path).split(sep).join('/');
    const verdict = matcher.test(isFolder ? `${name}/` : name);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}
