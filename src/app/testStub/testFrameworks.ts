import type { LanguageId } from '../../syntax/languages.ts';

/** How a project shows that it uses a framework. */
export interface TestFramework {
  readonly name: string;
  readonly languages: readonly LanguageId[];
  /** In the text of a test. */
  readonly inTests: RegExp;
  /** In a file that says what the project needs or how it is tested. */
  readonly inManifests: RegExp;
}

const ECMA_SCRIPT = ['typescript', 'tsx', 'javascript'] as const;

/** Whether a module is named by an `import`, an `import()` or a `require`. */
function imports(name: string): RegExp {
  return new RegExp(`(?:from|import|require)\\s*\\(?\\s*['"]${name}['"/]`);
}

/** A package by its name, among what a `package.json` needs. */
function needs(name: string): RegExp {
  return new RegExp(`"${name}"\\s*:`);
}

/** Every framework that stubs are written for. Of two that a file shows alike the first one counts. */
export const TEST_FRAMEWORKS = {
  vitest: { name: 'Vitest', languages: ECMA_SCRIPT, inTests: imports('vitest'), inManifests: needs('vitest') },
  jest: {
    name: 'Jest',
    languages: ECMA_SCRIPT,
    inTests: /['"]@jest\/globals['"]|\bjest\.(?:fn|mock|spyOn|useFakeTimers)\b/,
    inManifests: /"(?:jest|ts-jest|@jest\/globals|react-scripts)"\s*:/,
  },
  ava: { name: 'AVA', languages: ECMA_SCRIPT, inTests: imports('ava'), inManifests: needs('ava') },
  bun: { name: 'bun:test', languages: ECMA_SCRIPT, inTests: imports('bun:test'), inManifests: /\bbun test\b/ },
  nodeTest: {
    name: 'node:test',
    languages: ECMA_SCRIPT,
    inTests: imports('node:test'),
    inManifests: /\b(?:node|tsx)\b[^"]*\s--test\b/,
  },
  jasmine: {
    name: 'Jasmine',
    languages: ECMA_SCRIPT,
    inTests: /\bjasmine\.\w+/,
    inManifests: /"jasmine(?:-core)?"\s*:/,
  },
  mocha: {
    name: 'Mocha',
    languages: ECMA_SCRIPT,
    inTests: /['"](?:chai|mocha)['"]/,
    inManifests: needs('mocha'),
  },
  unittest: {
    name: 'unittest',
    languages: ['python'],
    inTests: /\(\s*(?:unittest\.)?(?:IsolatedAsyncio)?TestCase\s*\)/,
    inManifests: /\bpython[\d.]* -m unittest\b/,
  },
  pytest: {
    name: 'pytest',
    languages: ['python'],
    inTests: /^\s*(?:import|from) pytest\b|^(?:async )?def test_/m,
    inManifests: /\bpytest\b/,
  },
  goTest: { name: 'testing', languages: ['go'], inTests: /"testing"/, inManifests: /^module /m },
  rustTest: { name: '#[test]', languages: ['rust'], inTests: /#\[test\]/, inManifests: /^\[package\]/m },
  junit5: {
    name: 'JUnit 5',
    languages: ['java'],
    inTests: /\borg\.junit\.jupiter\b/,
    inManifests: /junit-jupiter|junit-bom|useJUnitPlatform/,
  },
  junit4: {
    name: 'JUnit 4',
    languages: ['java'],
    inTests: /\borg\.junit\.(?!jupiter|platform)/,
    inManifests: /<artifactId>junit<|\bjunit:junit:|\bjunit:4|"junit"/,
  },
  testng: { name: 'TestNG', languages: ['java'], inTests: /\borg\.testng\b/, inManifests: /\btestng\b/ },
  xunit: {
    name: 'xUnit',
    languages: ['csharp'],
    inTests: /^\s*using Xunit\b|\[(?:Fact|Theory)\b/m,
    inManifests: /"xunit/i,
  },
  nunit: { name: 'NUnit', languages: ['csharp'], inTests: /\bNUnit\.Framework\b/, inManifests: /"nunit"/i },
  mstest: {
    name: 'MSTest',
    languages: ['csharp'],
    inTests: /\bVisualStudio\.TestTools\.UnitTesting\b|\[TestClass\]/,
    inManifests: /"MSTest/i,
  },
  rspec: {
    name: 'RSpec',
    languages: ['ruby'],
    inTests: /\bRSpec\b|['"](?:spec|rails)_helper['"]/,
    inManifests: /\brspec\b|--require spec_helper/,
  },
  minitest: {
    name: 'Minitest',
    languages: ['ruby'],
    inTests: /\bMinitest::Test\b|\bminitest\/autorun\b|\bActiveSupport::TestCase\b|['"]test_helper['"]/,
    inManifests: /\bminitest\b/,
  },
  pest: {
    name: 'Pest',
    languages: ['php'],
    inTests: /^\s*(?:it|test)\(\s*['"]/m,
    inManifests: /"pestphp\/pest"/,
  },
  phpunit: {
    name: 'PHPUnit',
    languages: ['php'],
    inTests: /\bPHPUnit\\Framework\b|\bextends \w*TestCase\b/,
    inManifests: /"phpunit\/phpunit"|<phpunit\b/,
  },
  gtest: {
    name: 'GoogleTest',
    languages: ['cpp'],
    inTests: /\bg(?:test|mock)\/g(?:test|mock)\.h/,
    inManifests: /\bgtest\b|\bgoogletest\b/i,
  },
  catch2: { name: 'Catch2', languages: ['cpp'], inTests: /\bcatch2\/|\bcatch\.hpp/, inManifests: /\bcatch2\b/i },
  doctest: { name: 'doctest', languages: ['cpp'], inTests: /\bdoctest\.h/, inManifests: /\bdoctest\b/i },
  munit: { name: 'MUnit', languages: ['scala'], inTests: /\bmunit\./, inManifests: /\bmunit\b/ },
  scalatest: { name: 'ScalaTest', languages: ['scala'], inTests: /\borg\.scalatest\b/, inManifests: /\bscalatest\b/ },
  bats: { name: 'Bats', languages: ['bash'], inTests: /@test\b/, inManifests: /\bbats\b/ },
} as const satisfies Readonly<Record<string, TestFramework>>;

export type TestFrameworkId = keyof typeof TEST_FRAMEWORKS;

function isTestFrameworkId(id: string): id is TestFrameworkId {
  return Object.hasOwn(TEST_FRAMEWORKS, id);
}

/** The frameworks of a language, in the order in which they count. */
export function frameworksOf(language: LanguageId): readonly TestFrameworkId[] {
  const usable = (id: TestFrameworkId): boolean => {
    const { languages }: TestFramework = TEST_FRAMEWORKS[id];
    return languages.includes(language);
  };
  return Object.keys(TEST_FRAMEWORKS).filter(isTestFrameworkId).filter(usable);
}

/** What comes with a language: a test in it runs wherever the language does. Others need a package that nobody chose. */
export const STANDARD_FRAMEWORK: Partial<Readonly<Record<LanguageId, TestFrameworkId>>> = {
  typescript: 'nodeTest',
  tsx: 'nodeTest',
  javascript: 'nodeTest',
  python: 'unittest',
  go: 'goTest',
  rust: 'rustTest',
  ruby: 'minitest',
};
