import ignore, { type Ignore } from 'ignore';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { attributesOf, parseAttributes, type AttributeLine } from './gitAttributes.ts';
import { ignorePattern } from './ignorePattern.ts';
import { usualMark, type Mark } from './usualMark.ts';

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

/** What is said about the files in a folder, there and in the folders above. Paths are relative to the root, with `/`. */
export interface FolderRules {
  /** Of `.gitignore` files. */
  readonly ignored: Ignore;
  /** Of `.candorignore` files, in the same language; null: there is none. */
  readonly excluded: Ignore | null;
  /** Of patterns in the same language that were given for this audit. */
  readonly asked: Ignore;
  /** Of `.gitattributes` files. */
  readonly attributes: readonly AttributeLine[];
}

/** Whose work a file is. `own`: somebody said so, whatever the file's name or its own words say. */
export type Standing = Mark | 'own' | null;

/** Names are compared as git compares them here by default. */
const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin';

const noRules = (): Ignore => ignore({ ignorecase: IGNORES_CASE });

/** Rules of no folder. @param exclude what is left out, by patterns from the root */
export function firstRules(exclude: readonly string[] = []): FolderRules {
  return { ignored: noRules(), excluded: null, asked: noRules().add([...exclude]), attributes: [] };
}

/**
 * The rules of a folder: those above, and after them those of its own files. The last one that speaks about a path decides.
 * @param has whether the folder has a file of a name, where that is known
 */
export async function rulesIn(
  root: string,
  folder: string,
  above: FolderRules,
  has: (name: string) => boolean = () => true,
): Promise<FolderRules> {
  const name = relative(root, folder).split(sep).join('/');
  const read = async (file: string): Promise<string | null> =>
    has(file) ? readFile(join(folder, file), 'utf8').catch(() => null) : null;
  const [ignored, excluded, attributes] = await Promise.all(
    ['.gitignore', '.candorignore', '.gitattributes'].map(read),
  );
  return {
    ...above,
    ...(isSaid(ignored) && { ignored: noRules().add(above.ignored).add(patternsIn(ignored, name)) }),
    ...(isSaid(excluded) && {
      excluded: noRules()
        .add(above.excluded ?? [])
        .add(patternsIn(excluded, name)),
    }),
    ...(isSaid(attributes) && {
      attributes: [...above.attributes, ...parseAttributes(attributes, name, IGNORES_CASE)],
    }),
  };
}

/** The rules of the folders that paths lie in, each folder read once. */
export function rulesByPath(root: string, first: FolderRules): (path: string) => Promise<FolderRules> {
  const known = new Map<string, Promise<FolderRules>>();
  const rulesOf = (folder: string): Promise<FolderRules> => {
    const found = known.get(folder) ?? readRules(folder);
    known.set(folder, found);
    return found;
  };
  const readRules = async (folder: string): Promise<FolderRules> =>
    rulesIn(root, join(root, folder), folder === '' ? first : await rulesOf(folderOf(folder)));
  return (path) => rulesOf(folderOf(path));
}

/** Whether `.candorignore` files or patterns for this audit leave a path out; that of a folder ends with `/`. */
export function isExcluded({ asked, excluded }: FolderRules, path: string): boolean {
  return asked.ignores(path) || (excluded !== null && saidOf(excluded, path) === 'out');
}

/** Whether a walk passes over a path: what is excluded, and what git ignores and no `.candorignore` takes back. */
export function isPassedOver(rules: FolderRules, path: string): boolean {
  if (isExcluded(rules, path)) return true;
  return rules.ignored.ignores(path) && !(rules.excluded !== null && saidOf(rules.excluded, path) === 'in');
}

/**
 * Whose work a file is, by what is said about it, and else by its name.
 * @param below the same path from the folder that was asked about: the names of that folder, and above, say nothing
 */
export function standingOf({ attributes, excluded }: FolderRules, path: string, below: string): Standing {
  if (excluded !== null && saidOf(excluded, path) === 'in') return 'own';
  const { generated, vendored } = attributesOf(attributes, path);
  if (generated === true) return 'generated';
  if (vendored === true) return 'vendored';
  const usual = usualMark(below);
  const isDenied = usual === 'vendored' ? vendored === false : generated === false;
  return isDenied ? 'own' : usual;
}

/** What rules say of a path, or else of the folders around it; null: nothing. */
function saidOf(rules: Ignore, path: string): 'in' | 'out' | null {
  const { ignored, unignored } = rules.test(path);
  if (ignored) return 'out';
  if (unignored) return 'in';
  const folder = folderOf(path.replace(/\/$/, ''));
  return folder === '' ? null : saidOf(rules, `${folder}/`);
}

function patternsIn(text: string, folder: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.map((line) => ignorePattern(line, folder));
}

function isSaid(text: string | null | undefined): text is string {
  return typeof text === 'string';
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
