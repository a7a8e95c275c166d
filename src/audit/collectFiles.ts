import ignore, { type Ignore } from 'ignore';
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CandorError } from '../core/candorError.ts';

/** Names of folders that hold no code of the workspace's own. */
export const PASSED_OVER: ReadonlySet<string> = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '__pycache__',
  '.venv',
  '.tox',
]);

/**
 * All files below the given files and folders, in order of path, each once.
 *
 * Inside folders what `.gitignore` files leave out is left out, and so are links; a file or folder that is named itself
 * is always taken.
 *
 * @param root workspace that the returned paths are relative to; it must hold all of `paths`
 * @throws CandorError `not-found` when a path does not exist, `unreadable` when a folder that is named cannot be read,
 * `unsupported` when a path that is named is neither file nor folder
 */
export async function collectFiles(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const entry = await stat(path).catch((cause: unknown) => {
      throw new CandorError('not-found', `${path} does not exist. Check the path.`, { cause });
    });
    if (entry.isDirectory()) await walk(root, path, await rulesAbove(root, path), found);
    else if (entry.isFile()) found.add(relative(root, path));
    else throw new CandorError('unsupported', `${path} is neither a file nor a folder. Name a file of code.`);
  }
  return Array.from(found, (path) => path.split(sep).join('/')).sort();
}

async function walk(root: string, folder: string, above: Ignore, found: Set<string>): Promise<void> {
  const entries = await entriesOf(folder);
  const hasRules = entries.some((entry) => entry.isFile() && entry.name === '.gitignore');
  const rules = hasRules ? await withRulesOf(root, folder, above) : above;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (rules.ignores(`${nameIn(root, path)}${entry.isDirectory() ? '/' : ''}`)) continue;
    if (entry.isFile()) found.add(relative(root, path));
    else if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) {
      await walk(root, path, rules, found).catch((error: unknown) => {
        // A folder inside that may not be read is none of the user's concern here, as for git.
        if (!CandorError.is(error, 'unreadable')) throw error;
      });
    }
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new CandorError('unreadable', `${folder} cannot be read. Check its permissions.`, { cause });
  }
}

/** Names are compared as git compares them here by default. */
const noRules = (): Ignore => ignore({ ignorecase: process.platform === 'win32' || process.platform === 'darwin' });

/** What the `.gitignore` files from the root down to a folder say, its own not included; nothing where they rule it out. */
async function rulesAbove(root: string, folder: string): Promise<Ignore> {
  let rules = noRules();
  let above = root;
  for (const name of relative(root, folder)
    .split(sep)
    .filter((part) => part !== '')) {
    rules = await withRulesOf(root, above, rules);
    above = join(above, name);
    if (rules.ignores(`${nameIn(root, above)}/`)) return noRules();
  }
  return rules;
}

/** Rules, and after them those of a folder's `.gitignore`: the last one that speaks about a path decides. */
async function withRulesOf(root: string, folder: string, above: Ignore): Promise<Ignore> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return noRules()
    .add(above)
    .add(lines.map((line) => patternFromRoot(line, nameIn(root, folder))));
}

/** A line of a folder's `.gitignore` as it would stand in the root's. */
function patternFromRoot(line: string, folder: string): string {
  if (folder === '' || line.startsWith('#') || /^!?[/ ]*$/.test(line)) return line;
  const negation = line.startsWith('!') ? '!' : '';
  const pattern = line.slice(negation.length);
  // Without a slash before its end a pattern speaks about names at any depth.
  const depths = /\/(?! *$)/.test(pattern) ? '' : '**/';
  return `${negation}/${folder.replaceAll(/[\\*?[\]]/g, '\\$&')}/${depths}${pattern.replace(/^\//, '')}`;
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
