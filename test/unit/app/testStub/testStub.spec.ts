import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAGS } from '../../../../src/core/spanTable.ts';
import { TEST_FRAMEWORKS } from '../../../../src/app/testStub/testFrameworks.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { textParser } from '../../syntax/samples.ts';
import { plannedStub } from './plannedStub.ts';
import { STUB_PROJECTS, type StubProject } from './stubProjects.ts';

const DOUBT = { text: '<=', expected: '<' };

/**
 * How many stretches of a text its grammar cannot make sense of. A macro that is given a string where C++ has the type of a parameter is
 * none of its sentences, in any test of Catch2 or doctest: one that takes names stands in for it.
 */
async function faultCount(text: string, language: LanguageId): Promise<number> {
  const plain = language === 'cpp' ? text.replaceAll(/^TEST_CASE\("(?:[^"\\\n]|\\.)*"\)/gm, 'TEST(A, B)') : text;
  const spans = await textParser.spansOf(plain, language);
  if (isSkipped(spans)) throw new Error('the stub was not parsed');
  return spans.flags.filter((flags) => (flags & (SPAN_FLAGS.error | SPAN_FLAGS.missing)) !== 0).length;
}

/** The project with another test of the same function in it already. */
async function withItsTest({ files }: StubProject): Promise<Readonly<Record<string, string>>> {
  const { path, text } = await plannedStub(files, { text: 'low', expected: null });
  const [source = ''] = Object.entries(files).find(([, each]) => each.includes('¦')) ?? [];
  // In Rust the test lies in the source, where the mark has to stay.
  return path === source ? { ...files, [path]: text.replace('value <', 'value ¦<') } : { ...files, [path]: text };
}

describe('testStub', () => {
  it('has a project for every framework', async () => {
    const names = await Promise.all(
      Object.values(STUB_PROJECTS).map(async ({ files }) => (await plannedStub(files)).framework),
    );
    expect(names.toSorted()).toEqual(
      Object.values(TEST_FRAMEWORKS)
        .map(({ name }) => name)
        .sort(),
    );
  });

  describe.each(Object.entries(STUB_PROJECTS))('%s', (_, project) => {
    const { language, files, test } = project;

    it('goes where the framework looks, parses, says why and what is left', async () => {
      const { path, isNew, text, left } = await plannedStub(files, DOUBT);
      expect([path, isNew]).toEqual([test, !(test in files)]);
      expect(await faultCount(text, language)).toBe(0);
      expect(text).toMatch(
        /^\s*(?:\/\/|#) The engine expected `<` in place of `<=` here: choose an input on which the two differ\.$/m,
      );
      expect(left).toMatch(/what \w+ gives/i);
      expect(text.split(left)).toHaveLength(2);
      expect(text).not.toMatch(/[\uE000-\uF8FF]/);
    });

    it('goes beside another test, which stays as it is', async () => {
      const withTest = await withItsTest(project);
      const before = withTest[test]!.replace('¦', '');
      const { path, isNew, text } = await plannedStub(withTest, DOUBT);
      expect([path, isNew]).toEqual([test, false]);
      expect(await faultCount(text, language)).toBe(0);
      // Every line of before is there, in its order.
      const lines = text.split('\n');
      let at = -1;
      for (const line of before.split('\n')) expect((at = lines.indexOf(line, at + 1)), line).toBeGreaterThan(-1);
      const imports = lines.filter((line) => /^(?:import|from|use|using|require|#include)\b/.test(line));
      expect(new Set(imports).size).toBe(imports.length);
      expect(
        text.match(/^.*\b(?:function|def|func|T|dynamic|Value) [uU]nwritten\b.*[{:>)]$|^unwritten\(\) \{$/gm)?.length ??
          0,
      ).toBeLessThanOrEqual(/class .*Test < |RSpec/.test(text) ? 2 : 1);
    });

    it('keeps the line ends of a file', async () => {
      const withTest = await withItsTest(project);
      const windows = { ...withTest, [test]: withTest[test]!.replaceAll('\n', '\r\n') };
      const { text } = await plannedStub(windows, DOUBT);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    });

    it('lets nothing of the code or of the model out of its comment', async () => {
      const hostile = '*/ ?> \\u000a " \' ` ${x} #{x} """ \\\n\r\u2028 process.exit() \u202e --> ]]> \uE001';
      const { text, left } = await plannedStub(files, { text: hostile, expected: hostile });
      const plain = await plannedStub(files, { text: 'x', expected: 'y' });
      expect(await faultCount(text, language)).toBe(0);
      expect(text.split('\n')).toHaveLength(plain.text.split('\n').length);
      expect(left).toBe(plain.left);
      expect(text).not.toMatch(/[\u2028\u202e\uE001\r]/);
    });
  });

  it('parses whatever is in doubt', async () => {
    const projects = Object.values(STUB_PROJECTS);
    const anyCode = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...projects), anyCode, fc.option(anyCode), async (project, text, expected) => {
        const stub = await plannedStub(project.files, { text, expected });
        expect(await faultCount(stub.text, project.language)).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['an arrow function', 'export const clamp = async (low) => lo¦w;', /await clamp\(low\)/],
    ['a default', 'export default function clamp(low) { ret¦urn low; }', /^import clamp from '\.\/clamp\.js';$/m],
    [
      'a class',
      'export class Range { static clamp(low) { ret¦urn low; } }',
      /^import \{ Range \}[^]*Range\.clamp\(low\)/m,
    ],
    [
      'a method',
      'export class Range { clamp(low) { ret¦urn low; } }',
      /const range = unwritten\('a Range'\);[^]*range\.clamp\(low\)/,
    ],
    ['a getter', 'export class Range { get low() { ret¦urn 1; } }', /const result = range\.low;/],
    ['a constructor', 'export class Range { constructor(low) { lo¦w; } }', /const result = new Range\(low\);/],
    [
      'names that are taken',
      'export function clamp(clamp, expect, result) { ret¦urn 1; }',
      /clamp\(clampArgument, expectArgument, result\)/,
    ],
    ['rest', 'export function clamp(...all) { ret¦urn 1; }', /clamp\(\.\.\.all\)/],
  ])('calls %s', async (_, source, call) => {
    const { text } = await plannedStub({ 'package.json': '{"type":"module"}', 'clamp.js': source });
    expect(text).toMatch(call);
  });

  it('writes as the tests of the project do', async () => {
    const other =
      'import { test, expect } from "vitest"\nimport { a } from "../../src/lib/a.js"\n\ntest("a", () => {\n    expect(a()).toBe(1)\n})\n';
    const { path, text } = await plannedStub({
      'package.json': '{}',
      'src/lib/a.ts': 'export const a = () => 1;\n',
      'test/lib/a.spec.ts': other,
      'src/lib/clamp.ts': 'export function clamp(low: number) { ret¦urn low; }\n',
    });
    expect(path).toBe('test/lib/clamp.spec.ts');
    expect(text).toBe(`import { expect, test } from "vitest"
import { clamp } from "../../src/lib/clamp.js"

test("clamp", () => {
    const low = unwritten("low")
    const expected = unwritten("what clamp gives")
    const result = clamp(low)
    expect(result).toEqual(expected)
})

function unwritten(what: string): never {
    throw new Error(\`Not written yet: \${what}.\`)
}
`);
  });

  it.each([
    ['a private function', { 'clamp.js': 'function clamp(low) { ret¦urn low; }' }, /No test can reach clamp/],
    ['C', { 'clamp.c': 'int clamp(int low) { ret¦urn low; }' }, /Candor writes no tests in C:/],
    [
      'no framework',
      { 'Range.java': 'class Range { int low() { ret¦urn 1; } }' },
      /no framework for tests in Java\. Add JUnit 5 or JUnit 4 or TestNG/,
    ],
    [
      'no class',
      {
        'pom.xml': 'junit-jupiter',
        'R.java': 'class R { int low() { ret¦urn 1; } }',
        'RTest.java': 'interface RTest { }',
      },
      /RTest\.java has no class that a test could go into/,
    ],
  ])('says why there is none: %s', async (_, files, words) => {
    await expect(plannedStub(files)).rejects.toMatchObject({
      reason: 'unsupported',
      message: expect.stringMatching(words) as string,
    });
  });
});
