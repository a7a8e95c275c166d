import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpanTable } from '../../../src/core/spanTable.ts';
import { findRegions, type FoundRegion } from '../../../src/syntax/findRegions.ts';
import type { LanguageId } from '../../../src/syntax/languages.ts';
import { lineSpans } from '../../../src/syntax/lineSpans.ts';
import { SAMPLES, spansOf } from './samples.ts';

/** One word a region: kind, name, and the first and last words of its text. */
async function outline(text: string, language: LanguageId): Promise<string[]> {
  const regions = findRegions(await spansOf(text, language), text);
  return regions.map(
    ({ kind, name = '-', start, end }) => `${kind} ${name}: ${text.slice(start, end).replace(/\s+/g, ' ')}`,
  );
}

function expectPartition(spans: SpanTable, text: string): readonly FoundRegion[] {
  const regions = findRegions(spans, text);
  let leaf = 0;
  let span = 0;
  for (const region of regions) {
    expect(region.firstLeaf).toBe(leaf);
    expect(region.endLeaf).toBeGreaterThan(leaf);
    leaf = region.endLeaf;
    expect(region.start).toBe(spans.starts[spans.leaves[region.firstLeaf] ?? 0]);
    expect(region.end).toBe(spans.ends[spans.leaves[region.endLeaf - 1] ?? 0]);
    expect(region.firstSpan).toBeGreaterThanOrEqual(span);
    expect(region.endSpan).toBeGreaterThan(region.firstSpan);
    span = region.endSpan;
    const own = spans.leaves.subarray(region.firstLeaf, region.endLeaf);
    expect(own.every((index) => index >= region.firstSpan && index < region.endSpan)).toBe(true);
  }
  expect(leaf).toBe(spans.leaves.length);
  return regions;
}

const lines = (count: number, line: string): string => `${line}\n`.repeat(count);

describe('findRegions', () => {
  it.each(SAMPLES)('gives every leaf of $file to one region', async ({ text, language }) => {
    expectPartition(await spansOf(text, language), text);
  });

  it.each(SAMPLES)('does so for any stretch of $file', async ({ text, language }) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(text.length), async (a, b) => {
        const cut = text.slice(Math.min(a, b), Math.max(a, b));
        expectPartition(await spansOf(cut, language), cut);
      }),
      { numRuns: 15 },
    );
  });

  it('parts functions from runs, and methods from their class', async () => {
    const text = `import a from 'a'
let n = 1
// a comment
export const f = () => n
class C extends D {
  x = 1
  @cached
  m() { function inner() {} }
  y = 2
}
n = 2`;
    expect(await outline(text, 'typescript')).toEqual([
      "statements -: import a from 'a' let n = 1",
      'function f: export const f = () => n',
      'statements C: class C extends D { x = 1',
      'function C.m: @cached m() { function inner() {} }',
      'statements C: y = 2 }',
      'statements -: n = 2',
    ]);
  });

  it.each<[LanguageId, string, readonly string[]]>([
    [
      'python',
      '@a\n@b\ndef f():\n  pass\nclass C:\n  def m(self): pass\n',
      ['function f: @a @b def f(): pass', 'statements C: class C:', 'function C.m: def m(self): pass'],
    ],
    [
      'cpp',
      'namespace n { template <class T> T f(T t) { return t; } }',
      ['statements n: namespace n {', 'function n.f: template <class T> T f(T t) { return t; } }'],
    ],
    [
      'c',
      '#ifndef A\n#define A\nint f(void) { return 1; }\nint x;\n#endif',
      ['statements -: #ifndef A #define A', 'function f: int f(void) { return 1; }', 'statements -: int x; #endif'],
    ],
    ['rust', 'impl A { #[inline] fn f() {} }', ['statements A: impl A {', 'function A.f: #[inline] fn f() {} }']],
    [
      'javascript',
      "a\ntest('x', () => {\n  b()\n  c()\n  d()\n})",
      ['statements -: a', "function -: test('x', () => { b() c() d() })"],
    ],
    ['javascript', "a\ntest('x', () => {\n  b()\n})", ["statements -: a test('x', () => { b() })"]],
    ['javascript', 'a\nexport default () => 1', ['statements -: a', 'function -: export default () => 1']],
    [
      'javascript',
      'const o = { a: 1, f() {}, b: 2, g() {} }',
      ['statements -: const o = { a: 1, f() {}, b: 2, g() {} }'],
    ],
    [
      'javascript',
      'register(one, two, three, four, five, () => 1)',
      ['statements -: register(one, two, three, four, five, () => 1)'],
    ],
    [
      'go',
      'package p\nfunc (t T) M() {}\nvar x = 1',
      ['statements -: package p', 'function M: func (t T) M() {}', 'statements -: var x = 1'],
    ],
    [
      'ruby',
      'class A\n  X = 1\n  private def m\n    1\n  end\nend',
      ['statements A: class A X = 1', 'function A.m: private def m 1 end end'],
    ],
    ['cpp', 'int a;\nstruct stat s;\nclass A;\nint b;', ['statements -: int a; struct stat s; class A; int b;']],
    ['php', '<?php\nnamespace A;\nuse B;', ['statements -: <?php namespace A; use B;']],
    [
      'scala',
      'case class A(b: Int)\nclass C { val d = 1 }',
      ['statements -: case class A(b: Int)', 'statements C: class C { val d = 1 }'],
    ],
    ['java', 'enum E { A, B; void m() {} }', ['statements E: enum E { A, B;', 'function E.m: void m() {} }']],
  ])('in %s: %s', async (language, text, expected) => {
    expect(await outline(text, language)).toEqual(expected);
  });

  it('splits a long function with functions in it, and leaves one without whole', async () => {
    const nest = `function outer() {\n${lines(50, '  a()')}  function inner() {}\n${lines(50, '  b()')}}`;
    const regions = expectPartition(await spansOf(nest, 'javascript'), nest);
    expect(regions.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'statements outer',
      'function outer.inner',
      'statements outer',
    ]);
    const plain = `function outer() {\n${lines(200, '  a()')}}`;
    expect(expectPartition(await spansOf(plain, 'javascript'), plain)).toHaveLength(1);
  });

  it('splits a long suite of tests, header and all', async () => {
    const suite = `export const all = suite('all', () => {\n${lines(60, "  it('x', () => {\n    one()\n    two()\n    three()\n  })")}})`;
    const regions = expectPartition(await spansOf(suite, 'javascript'), suite);
    expect(regions.filter(({ kind }) => kind === 'function')).toHaveLength(60);
    expect(regions[0]).toMatchObject({ kind: 'statements', start: 0 });
  });

  it('ends a run before the statement that would take it over sixty lines', async () => {
    const text = lines(130, 'a = 1');
    const regions = expectPartition(await spansOf(text, 'python'), text);
    expect(regions.map(({ firstLeaf, endLeaf }) => (endLeaf - firstLeaf) / 3)).toEqual([60, 60, 10]);
  });

  it('survives functions that are nested without end', async () => {
    const text = `${lines(3000, 'function f() {')}${lines(3000, '}')}`;
    expectPartition(await spansOf(text, 'javascript'), text);
  });

  it('cuts a text without a grammar into runs of lines', () => {
    const text = lines(100, 'some words\n');
    const regions = expectPartition(lineSpans(text), text);
    expect(regions.map(({ firstLeaf, endLeaf }) => endLeaf - firstLeaf)).toEqual([30, 30, 30, 10]);
  });

  it('finds nothing in a text without code', async () => {
    expect(findRegions(await spansOf('  // only this\n', 'go'), '  // only this\n')).toEqual([]);
  });
});
