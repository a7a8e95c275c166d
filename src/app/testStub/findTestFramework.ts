import type { LanguageId } from '../../syntax/languages.ts';
import { folderOf, foldersUp, nameOf, pathIn, sharedDepth } from './paths.ts';
import { frameworksOf, STANDARD_FRAMEWORK, TEST_FRAMEWORKS, type TestFrameworkId } from './testFrameworks.ts';
import { testsNear } from './testPaths.ts';

/** The text of a file of the project; null for one that cannot be read. */
export type ReadFile = (path: string) => Promise<string | null>;

/** Tests that are read to see how a project writes them. */
const MOST_TESTS = 12;

/** Manifests that are read. */
const MOST_MANIFESTS = 12;

/** Files that say what a project needs, by name. */
const MANIFESTS: Readonly<Record<LanguageId, RegExp>> = {
  typescript: /^package\.json$/,
  tsx: /^package\.json$/,
  javascript: /^package\.json$/,
  python:
    /^(?:pyproject\.toml|setup\.(?:cfg|py)|tox\.ini|pytest\.ini|noxfile\.py|requirements[\w-]*\.txt|Pipfile|conftest\.py)$/,
  go: /^go\.mod$/,
  rust: /^Cargo\.toml$/,
  java: /^(?:pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml)$/,
  c: /^$/,
  cpp: /^(?:CMakeLists\.txt|conanfile\.(?:txt|py)|vcpkg\.json|meson\.build|MODULE\.bazel|WORKSPACE)$/,
  csharp: /(?:\.csproj|^Directory\.Packages\.props|^Directory\.Build\.props)$/,
  ruby: /^(?:Gemfile|\.rspec|.*\.gemspec)$/,
  php: /^(?:composer\.json|phpunit\.xml(?:\.dist)?)$/,
  bash: /^(?:package\.json|Makefile)$/,
  scala: /^(?:build\.sbt|build\.sc|build\.mill|Dependencies\.scala)$/,
};

/** Languages that say what their tests need in another folder than what is tested. */
const SAY_IT_ELSEWHERE: ReadonlySet<LanguageId> = new Set(['csharp', 'cpp', 'scala', 'java']);

/**
 * The framework that a project tests a source file with, by what it shows, the nearest first: the tests of the package that the file
 * lies in, what that package needs, other tests, what the packages around need; and where nothing is shown the one that comes with the
 * language. Null where there is none.
 *
 * @param files paths of the project, relative to one folder, with `/`
 */
export async function findTestFramework(
  files: readonly string[],
  readFile: ReadFile,
  language: LanguageId,
  source: string,
): Promise<TestFrameworkId | null> {
  const manifests = files.filter((path) => MANIFESTS[language].test(nameOf(path)));
  const above = foldersUp(folderOf(source)).flatMap((folder) => manifests.filter((path) => folderOf(path) === folder));
  const home = above[0] === undefined ? '' : folderOf(above[0]);
  const tests = testsNear(files, source, language);
  const own = tests.filter((path) => home === '' || path.startsWith(pathIn(home, '')));
  const elsewhere = SAY_IT_ELSEWHERE.has(language) ? nearest(manifests, source) : [];
  return (
    (await shownByTests(own, readFile, language, source)) ??
    (await shownByManifests(
      above.filter((path) => folderOf(path) === home),
      readFile,
      language,
    )) ??
    (await shownByTests(tests, readFile, language, source)) ??
    (await shownByManifests([...above, ...elsewhere], readFile, language)) ??
    STANDARD_FRAMEWORK[language] ??
    null
  );
}

/** The framework that most tests show, where near ones count more. */
async function shownByTests(
  tests: readonly string[],
  readFile: ReadFile,
  language: LanguageId,
  source: string,
): Promise<TestFrameworkId | null> {
  const votes = new Map<TestFrameworkId, number>();
  for (const path of tests.slice(0, MOST_TESTS)) {
    const text = (await readFile(path)) ?? '';
    const shown = frameworksOf(language).find((id) => TEST_FRAMEWORKS[id].inTests.test(text));
    if (shown === undefined) continue;
    votes.set(shown, (votes.get(shown) ?? 0) + 1 + sharedDepth(folderOf(source), folderOf(path)));
  }
  const [first] = [...votes].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? null;
}

async function shownByManifests(
  manifests: readonly string[],
  readFile: ReadFile,
  language: LanguageId,
): Promise<TestFrameworkId | null> {
  for (const path of manifests.slice(0, MOST_MANIFESTS)) {
    if (nameOf(path) === 'conftest.py') return 'pytest';
    const text = (await readFile(path)) ?? '';
    const shown = frameworksOf(language).find((id) => TEST_FRAMEWORKS[id].inManifests.test(text));
    if (shown !== undefined) return shown;
  }
  return null;
}

function nearest(paths: readonly string[], source: string): readonly string[] {
  const folder = folderOf(source);
  return paths.toSorted((a, b) => sharedDepth(folder, folderOf(b)) - sharedDepth(folder, folderOf(a)));
}
