import type { LanguageId } from '../../syntax/languages.ts';
import { capitalised } from './identifiers.ts';
import { extensionOf, folderOf, foldersUp, joinParts, nameOf, partsOf, pathIn, stemOf } from './paths.ts';
import type { TestFrameworkId } from './testFrameworks.ts';
import { testsNear } from './testPaths.ts';

/** Where a framework looks for the tests of a source file, in a project without any that are paired with their sources. */
export function defaultTestFile(
  source: string,
  files: readonly string[],
  framework: TestFrameworkId,
  language: LanguageId,
): string {
  const [folder, stem, ending] = [folderOf(source), stemOf(source), extensionOf(source)];
  switch (framework) {
    case 'vitest':
    case 'jest':
    case 'ava':
    case 'bun':
    case 'nodeTest':
      return pathIn(folder, `${stem}.test.${ending}`);
    case 'mocha':
      return pathIn(homeOf(files, folder, /^package\.json$/), `test/${stem}.test.${ending}`);
    case 'jasmine':
      return pathIn(homeOf(files, folder, /^package\.json$/), `spec/${stem}.spec.${ending}`);
    case 'pytest':
    case 'unittest':
      return pathIn(
        homeOf(files, folder, /^(?:pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|pytest\.ini)$/),
        `tests/test_${stem}.py`,
      );
    case 'goTest':
      return pathIn(folder, `${stem}_test.go`);
    case 'rustTest':
      return source;
    case 'junit5':
    case 'junit4':
    case 'testng':
      return pathIn(folder.replace(/(^|\/)src\/main(\/|$)/, '$1src/test$2'), `${stem}Test.java`);
    case 'xunit':
    case 'nunit':
    case 'mstest':
      return pathIn(testProjectOf(files) ?? folder, `${stem}Tests.cs`);
    case 'rspec':
      return pathIn('spec', pathIn(withoutFirst(folder, ['lib', 'app']), `${stem}_spec.rb`));
    case 'minitest':
      return pathIn('test', pathIn(withoutFirst(folder, ['lib', 'app']), `${stem}_test.rb`));
    case 'phpunit':
    case 'pest':
      return pathIn('tests', pathIn(withoutFirst(folder, ['src', 'app', 'lib']), `${stem}Test.php`));
    case 'gtest':
    case 'catch2':
    case 'doctest':
      return pathIn(folderOf(testsNear(files, source, language)[0] ?? 'tests/any'), `${stem}_test.cpp`);
    case 'munit':
      return pathIn(folder.replace(/(^|\/)src\/main(\/|$)/, '$1src/test$2'), `${capitalised(stem)}Suite.scala`);
    case 'scalatest':
      return pathIn(folder.replace(/(^|\/)src\/main(\/|$)/, '$1src/test$2'), `${capitalised(stem)}Spec.scala`);
    case 'bats':
      return pathIn(folderOf(testsNear(files, source, language)[0] ?? 'test/any'), `${stem}.bats`);
  }
}

/** The nearest folder above with one of these files; the root where there is none. */
function homeOf(files: readonly string[], folder: string, manifest: RegExp): string {
  const homes = new Set(files.filter((path) => manifest.test(nameOf(path))).map(folderOf));
  return foldersUp(folder).find((above) => homes.has(above)) ?? '';
}

function testProjectOf(files: readonly string[]): string | null {
  const project = files.find((path) => /tests?\.csproj$/i.test(path));
  return project === undefined ? null : folderOf(project);
}

function withoutFirst(folder: string, names: readonly string[]): string {
  const [first = '', ...rest] = partsOf(folder);
  return names.includes(first) ? joinParts(rest) : folder;
}
