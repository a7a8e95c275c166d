import type { LanguageId } from '../../../../src/syntax/languages.ts';

/** Small projects, one for each framework, each with a function that is marked with `¦` and no test of it. */
export interface StubProject {
  readonly language: LanguageId;
  readonly files: Readonly<Record<string, string>>;
  /** Where the test goes. */
  readonly test: string;
}

const TS =
  'export function clamp(value: number, low: number, ...rest: number[]): number {\n  return value <¦= low ? low : value;\n}\n';
const JS_MODULE = 'export function clamp(value, { low } = {}) {\n  return value <¦= low ? low : value;\n}\n';
const COMMON_JS =
  'function clamp(value, low) {\n  return value <¦= low ? low : value;\n}\nmodule.exports = { clamp };\n';
const PY = 'class Range:\n    def clamp(self, value, *rest, low=0):\n        return low if value <¦= low else value\n';
const JAVA =
  'package a.b;\n\nimport java.util.List;\n\npublic class Range {\n    public int clamp(int value, List<Integer> low) {\n        return value <¦= low.get(0) ? low.get(0) : value;\n    }\n}\n';
const CS =
  'namespace A.B;\n\npublic class Range\n{\n    public static int Clamp(int value, ref int low)\n    {\n        return value <¦= low ? low : value;\n    }\n}\n';
const RB = 'class Range\n  def clamp(value, *rest, low: 0)\n    value <¦= low ? low : value\n  end\nend\n';
const PHP =
  '<?php\n\nnamespace App;\n\nclass Range\n{\n    public static function clamp(int $value, int ...$low): int\n    {\n        return $value <¦= $low[0] ? $low[0] : $value;\n    }\n}\n';
const CPP = 'int clamp(const int &value, int low[2]) {\n  return value <¦= low[0] ? low[0] : value;\n}\n';
const SCALA =
  'package a.b\n\nobject Range {\n  def clamp(value: Int, low: Int*): Int = if (value <¦= low.head) low.head else value\n}\n';

function ecmaScript(needs: object, source: string, path: string, test: string): StubProject {
  return {
    language: path.endsWith('ts') ? 'typescript' : 'javascript',
    files: { 'package.json': JSON.stringify(needs), [path]: source },
    test,
  };
}

export const STUB_PROJECTS: Readonly<Record<string, StubProject>> = {
  vitest: ecmaScript({ devDependencies: { vitest: '1' } }, TS, 'src/clamp.ts', 'src/clamp.test.ts'),
  jest: ecmaScript({ devDependencies: { jest: '1' } }, COMMON_JS, 'lib/clamp.js', 'lib/clamp.test.js'),
  ava: ecmaScript({ type: 'module', devDependencies: { ava: '1' } }, JS_MODULE, 'clamp.js', 'clamp.test.js'),
  bun: ecmaScript({ scripts: { test: 'bun test' } }, TS, 'clamp.ts', 'clamp.test.ts'),
  'node:test': ecmaScript({ type: 'module' }, JS_MODULE, 'src/clamp.js', 'src/clamp.test.js'),
  jasmine: ecmaScript({ devDependencies: { jasmine: '1' } }, COMMON_JS, 'lib/clamp.js', 'spec/clamp.spec.js'),
  mocha: ecmaScript({ devDependencies: { mocha: '1' } }, COMMON_JS, 'lib/clamp.js', 'test/clamp.test.js'),
  pytest: {
    language: 'python',
    files: { 'pyproject.toml': '[project]\ndependencies = ["pytest"]\n', 'pkg/__init__.py': '', 'pkg/range.py': PY },
    test: 'tests/test_range.py',
  },
  unittest: { language: 'python', files: { 'pkg/__init__.py': '', 'pkg/range.py': PY }, test: 'tests/test_range.py' },
  'go testing': {
    language: 'go',
    files: {
      'go.mod': 'module x\n',
      'a/clamp.go':
        'package a\n\nimport (\n\t"time"\n)\n\nfunc (r *Range) Clamp(value, low time.Duration, rest ...int) (int, error) {\n\treturn 0¦, nil\n}\n',
    },
    test: 'a/clamp_test.go',
  },
  'rust test': {
    language: 'rust',
    files: {
      'src/lib.rs':
        'pub fn clamp(value: i32, low: &[i32]) -> i32 {\n    if value <¦= low[0] { low[0] } else { value }\n}\n',
    },
    test: 'src/lib.rs',
  },
  'JUnit 5': {
    language: 'java',
    files: { 'pom.xml': '<artifactId>junit-jupiter</artifactId>', 'src/main/java/a/b/Range.java': JAVA },
    test: 'src/test/java/a/b/RangeTest.java',
  },
  'JUnit 4': {
    language: 'java',
    files: { 'build.gradle': "testImplementation 'junit:junit:4.13'", 'src/main/java/a/b/Range.java': JAVA },
    test: 'src/test/java/a/b/RangeTest.java',
  },
  TestNG: {
    language: 'java',
    files: { 'build.gradle': "testImplementation 'org.testng:testng:7'", 'src/main/java/a/b/Range.java': JAVA },
    test: 'src/test/java/a/b/RangeTest.java',
  },
  xUnit: {
    language: 'csharp',
    files: { 'src/Range.cs': CS, 'tests/A.Tests/A.Tests.csproj': '<PackageReference Include="xunit" />' },
    test: 'tests/A.Tests/RangeTests.cs',
  },
  NUnit: {
    language: 'csharp',
    files: { 'src/Range.cs': CS, 'tests/A.Tests/A.Tests.csproj': '<PackageReference Include="NUnit" />' },
    test: 'tests/A.Tests/RangeTests.cs',
  },
  MSTest: {
    language: 'csharp',
    files: {
      'src/Range.cs': CS,
      'tests/A.Tests/A.Tests.csproj': '<PackageReference Include="MSTest.TestFramework" />',
    },
    test: 'tests/A.Tests/RangeTests.cs',
  },
  RSpec: { language: 'ruby', files: { Gemfile: "gem 'rspec'", 'lib/a/range.rb': RB }, test: 'spec/a/range_spec.rb' },
  Minitest: { language: 'ruby', files: { 'lib/range.rb': RB }, test: 'test/range_test.rb' },
  PHPUnit: {
    language: 'php',
    files: { 'composer.json': '{"require-dev":{"phpunit/phpunit":"^10"}}', 'src/Range.php': PHP },
    test: 'tests/RangeTest.php',
  },
  Pest: {
    language: 'php',
    files: { 'composer.json': '{"require-dev":{"pestphp/pest":"^2"}}', 'src/Range.php': PHP },
    test: 'tests/RangeTest.php',
  },
  GoogleTest: {
    language: 'cpp',
    files: { 'CMakeLists.txt': 'find_package(GTest)', 'src/clamp.cpp': CPP, 'include/x/clamp.h': '' },
    test: 'tests/clamp_test.cpp',
  },
  Catch2: {
    language: 'cpp',
    files: { 'CMakeLists.txt': 'find_package(Catch2)', 'src/clamp.cpp': CPP },
    test: 'tests/clamp_test.cpp',
  },
  doctest: {
    language: 'cpp',
    files: { 'CMakeLists.txt': 'find_package(doctest)', 'src/clamp.cpp': CPP },
    test: 'tests/clamp_test.cpp',
  },
  MUnit: {
    language: 'scala',
    files: { 'build.sbt': '"org.scalameta" %% "munit" % "1"', 'src/main/scala/a/b/Range.scala': SCALA },
    test: 'src/test/scala/a/b/RangeSuite.scala',
  },
  ScalaTest: {
    language: 'scala',
    files: { 'build.sbt': '"org.scalatest" %% "scalatest" % "3"', 'src/main/scala/a/b/Range.scala': SCALA },
    test: 'src/test/scala/a/b/RangeSpec.scala',
  },
  Bats: {
    language: 'bash',
    files: { 'lib/clamp.sh': 'clamp() {\n  ec¦ho "$1"\n}\n', 'test/other.bats': '@test "other" {\n  true\n}\n' },
    test: 'test/clamp.bats',
  },
};
