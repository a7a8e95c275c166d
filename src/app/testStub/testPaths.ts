import { languageEntry, type LanguageId } from '../../syntax/languages.ts';
import { extensionOf, folderOf, partsOf, sharedDepth, stemOf } from './paths.ts';

const ECMA_SCRIPT = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'];

/** What a test's name has before or after that of what it tests. */
export interface Affix {
  readonly before: string;
  readonly after: string;
}

const BEFORE = /^(?:test[_-]|Test(?=[A-Z]))/;
const AFTER = /(?:[._-](?:tests?|specs?)|(?<=[A-Za-z\d])(?:Tests?|Spec|Suite))$/;
/** Languages in which a test is often named as what it tests, in another folder. */
const NAMED_ALIKE: ReadonlySet<LanguageId> = new Set([
  'typescript',
  'tsx',
  'javascript',
  'cpp',
  'bash',
  'php',
  'scala',
]);

const TEST_FOLDER = /^(?:__tests__|tests?|specs?|.*\.Tests?)$/i;

/** The endings of a language's files, where tests in its other dialects count as its own. */
export function extensionsOf(language: LanguageId): readonly string[] {
  if (['typescript', 'tsx', 'javascript'].includes(language)) return ECMA_SCRIPT;
  return languageEntry(language).extensions;
}

/** How a file is named as a test, and of what; null for one that is none by its path. */
export function testNameOf(
  path: string,
  language: LanguageId,
): { readonly affix: Affix; readonly stem: string } | null {
  if (!extensionsOf(language).includes(extensionOf(path))) return null;
  const stem = stemOf(path);
  const before = BEFORE.exec(stem)?.[0] ?? '';
  const after = before === '' ? (AFTER.exec(stem)?.[0] ?? '') : '';
  const isInTestFolder = partsOf(folderOf(path)).some((part) => TEST_FOLDER.test(part));
  if (before === '' && after === '' && !(isInTestFolder && NAMED_ALIKE.has(language))) return null;
  return { affix: { before, after }, stem: stem.slice(before.length, stem.length - after.length) };
}

/** The tests of a language by their paths, those nearest to a source file first. */
export function testsNear(files: readonly string[], source: string, language: LanguageId): readonly string[] {
  const folder = folderOf(source);
  return files
    .filter((path) => path !== source && testNameOf(path, language) !== null)
    .map((path) => ({ path, shared: sharedDepth(folder, folderOf(path)), isNamed: isNamedTest(path, language) }))
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.shared - a.shared || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}

/** Support files lie among tests, and are not named as such. */
function isNamedTest(path: string, language: LanguageId): boolean {
  const affix = testNameOf(path, language)?.affix;
  return extensionOf(path) === 'bats' || (affix !== undefined && affix.before + affix.after !== '');
}
