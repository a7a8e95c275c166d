import { CandorError } from '../../core/candorError.ts';
import { languageEntry, type LanguageId } from '../../syntax/languages.ts';
import { findTestFramework, type ReadFile } from './findTestFramework.ts';
import { folderOf, foldersUp, pathIn } from './paths.ts';
import type { Doubt, ProjectFile } from './stubRequest.ts';
import type { TestedFunction } from './testedFunction.ts';
import { testFileFor } from './testFileFor.ts';
import { frameworksOf, TEST_FRAMEWORKS } from './testFrameworks.ts';
import { testsNear } from './testPaths.ts';
import { testStub, type TestStub } from './testStub.ts';

/** Tests that show how the project writes its own. */
const MOST_TESTS = 8;

/** Where a test of a function is wanted. Paths are relative to one folder, with `/`. */
export interface TestPlace {
  readonly source: ProjectFile & { readonly language: LanguageId };
  readonly tested: TestedFunction;
  readonly doubt: Doubt | null;
  /** Of the project, as many as were looked for. */
  readonly files: readonly string[];
  readonly readFile: ReadFile;
}

export interface PlannedTest {
  readonly path: string;
  /** Whether there is no such file yet. */
  readonly isNew: boolean;
  /** The framework's name. */
  readonly framework: string;
  readonly stub: TestStub;
}

/**
 * The stub of a test, in the framework of the project, where the project has its tests and as it writes them. Nothing is written.
 * @throws CandorError `unsupported` where no test could reach the function, and where there is no framework to write it for
 */
export async function planTest({ source, tested, doubt, files, readFile }: TestPlace): Promise<PlannedTest> {
  const { language, path } = source;
  if (tested.exported === 'hidden') {
    const message = `No test can reach ${tested.name}: it is private to its file or its class. Make it reachable, or take what calls it.`;
    throw new CandorError('unsupported', message);
  }
  const framework = await findTestFramework(files, readFile, language, path);
  if (framework === null) throw new CandorError('unsupported', noFramework(language));
  const target = testFileFor(path, files, framework, language);
  const tests: ProjectFile[] = [];
  for (const near of testsNear(files, target, language).slice(0, MOST_TESTS)) {
    const text = await readFile(near);
    if (text !== null && TEST_FRAMEWORKS[framework].inTests.test(text)) tests.push({ path: near, text });
  }
  // It may be there and not among the files, which are not all that a disk has.
  const text = target === path ? source.text : await readFile(target);
  const stub = testStub({
    framework,
    source,
    tested,
    doubt,
    target: { path: target, text },
    tests,
    files,
    packageJson: await nearestText('package.json', path, files, readFile),
    tsconfig: await nearestText('tsconfig.json', path, files, readFile),
  });
  return { path: target, isNew: text === null, framework: TEST_FRAMEWORKS[framework].name, stub };
}

function noFramework(language: LanguageId): string {
  const { name } = languageEntry(language);
  const known = frameworksOf(language).map((id) => TEST_FRAMEWORKS[id].name);
  return known.length === 0
    ? `Candor writes no tests in ${name}: it has no framework that is everybody’s. Write this one by hand.`
    : `This project shows no framework for tests in ${name}. Add ${known.join(' or ')} to it, and ask again.`;
}

async function nearestText(
  name: string,
  source: string,
  files: readonly string[],
  readFile: ReadFile,
): Promise<string | null> {
  const known = new Set(files);
  const path = foldersUp(folderOf(source))
    .map((folder) => pathIn(folder, name))
    .find((each) => known.has(each));
  return path === undefined ? null : readFile(path);
}
