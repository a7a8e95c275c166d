import { describe, expect, it } from 'vitest';
import { findTestFramework } from '../../../../src/app/testStub/findTestFramework.ts';
import type { TestFrameworkId } from '../../../../src/app/testStub/testFrameworks.ts';
import { detectLanguage } from '../../../../src/syntax/detectLanguage.ts';

type Files = Readonly<Record<string, string>>;

const needs = (...names: readonly string[]): string =>
  JSON.stringify({ devDependencies: Object.fromEntries(names.map((name) => [name, '1'])) });

const CASES: readonly (readonly [string, string, Files, TestFrameworkId | null])[] = [
  ['by what is needed', 'a.ts', { 'package.json': needs('jest') }, 'jest'],
  ['by a script', 'a.js', { 'package.json': '{"scripts":{"test":"node --test test/"}}' }, 'nodeTest'],
  [
    'by tests, against what is needed',
    'a.ts',
    { 'package.json': needs('jest'), 'a.test.ts': "import { it } from 'vitest';" },
    'vitest',
  ],
  [
    'by the nearest package of several',
    'packages/a/src/a.ts',
    {
      'package.json': needs('jest'),
      'packages/a/package.json': needs('mocha'),
      'packages/b/package.json': needs('ava'),
    },
    'mocha',
  ],
  [
    'by the own package before the tests of another',
    'packages/a/a.ts',
    {
      'packages/a/package.json': needs('ava'),
      'packages/b/package.json': '{}',
      'packages/b/b.test.ts': "from 'vitest'",
    },
    'ava',
  ],
  [
    'by tests elsewhere before packages around',
    'packages/a/a.ts',
    { 'package.json': needs('jest'), 'packages/a/package.json': '{}', 'packages/b/b.test.ts': "from 'vitest'" },
    'vitest',
  ],
  ['by what comes with Node, else', 'a.ts', {}, 'nodeTest'],
  ['by tests in pytest', 'a.py', { 'tests/test_b.py': 'def test_b():\n    assert True\n' }, 'pytest'],
  [
    'by tests in unittest',
    'a.py',
    { 'pyproject.toml': 'pytest', 'tests/test_b.py': 'class B(unittest.TestCase):\n' },
    'unittest',
  ],
  ['by requirements', 'a.py', { 'requirements-dev.txt': 'pytest==8\n' }, 'pytest'],
  ['by fixtures', 'pkg/a.py', { 'pkg/conftest.py': '' }, 'pytest'],
  ['by what comes with Python, else', 'a.py', {}, 'unittest'],
  ['by what comes with Go', 'a.go', {}, 'goTest'],
  ['by what comes with Rust', 'a.rs', {}, 'rustTest'],
  [
    'JUnit 4 by its imports',
    'src/main/java/A.java',
    { 'src/test/java/BTest.java': 'import org.junit.Test;' },
    'junit4',
  ],
  [
    'JUnit 5 by its imports',
    'src/main/java/A.java',
    { 'src/test/java/BTest.java': 'import org.junit.jupiter.api.Test;' },
    'junit5',
  ],
  ['Java without any', 'A.java', { 'pom.xml': '<project/>' }, null],
  ['xUnit in another project', 'src/A.cs', { 'tests/T.csproj': '<PackageReference Include="xunit" />' }, 'xunit'],
  ['RSpec by its file', 'lib/a.rb', { '.rspec': '--require spec_helper\n' }, 'rspec'],
  ['Minitest comes with Ruby', 'lib/a.rb', {}, 'minitest'],
  ['Pest before PHPUnit', 'src/a.php', { 'composer.json': '{"pestphp/pest":"2","phpunit/phpunit":"10"}' }, 'pest'],
  ['Catch2 by an include', 'src/a.cpp', { 'tests/b_test.cpp': '#include <catch2/catch_all.hpp>' }, 'catch2'],
  ['C++ without any', 'a.cpp', {}, null],
  ['C', 'a.c', { 'CMakeLists.txt': 'gtest' }, null],
  ['ScalaTest', 'src/main/scala/a.scala', { 'project/Dependencies.scala': '"scalatest"' }, 'scalatest'],
  ['Bats', 'a.sh', { 'test/b.bats': '@test "b" {' }, 'bats'],
  ['Bash without any', 'a.sh', {}, null],
];

describe('findTestFramework', () => {
  it.each(CASES)('%s', async (_, source, files, framework) => {
    const language = detectLanguage(source, '')!;
    const read = (path: string): Promise<string | null> => Promise.resolve(files[path] ?? null);
    expect(await findTestFramework([...Object.keys(files), source], read, language, source)).toBe(framework);
  });

  it('lets a file that cannot be read say nothing', async () => {
    const files = ['package.json', 'a.test.ts', 'a.ts'];
    expect(await findTestFramework(files, () => Promise.resolve(null), 'typescript', 'a.ts')).toBe('nodeTest');
  });
});
