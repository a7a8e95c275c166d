import { describe, expect, it } from 'vitest';
import type { TestedFunction } from '../../../../src/app/testStub/testedFunction.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { functionAt } from './plannedStub.ts';

/** A function in one line: what it is called on, its name, what it takes and how it is given away. */
function inWords({
  kind,
  holders,
  name,
  exported,
  isAsync,
  resultCount,
  parameters,
  namespace,
}: TestedFunction): string {
  const list = parameters.map(({ name: each, kind: how, type, mode }) => {
    const before = how === 'plain' ? '' : `${how} `;
    return `${before}${mode}${each ?? '?'}${type === null ? '' : `: ${type}`}`;
  });
  const results = resultCount === 1 ? '' : ` gives ${resultCount}`;
  const place = [namespace, ...holders].filter((part) => part !== null);
  return `${exported}${isAsync ? ' async' : ''} ${kind} ${[...place, name].join('/')}(${list.join(', ')})${results}`;
}

const CASES: readonly (readonly [LanguageId, string, string | null])[] = [
  ['typescript', 'export function f(a: number, b?: string, ...c: T[]) { ¦ }', 'named free f(a, b, rest c)'],
  ['typescript', 'export const f = async ({ x }: P, y = 1) => x¦;', 'named async free f(?, y)'],
  ['typescript', 'export default function f(this: X, a) { ¦ }', 'default free f(a)'],
  ['typescript', 'function f() { ¦ }\nexport { a, f };', 'named free f()'],
  ['typescript', 'function f() { ¦ }\nexport { f as g };', 'hidden free f()'],
  ['typescript', 'export class R { static async m() { ¦ } }', 'named async static R/m()'],
  ['typescript', 'export class R { constructor(private a: A) { ¦ } }', 'named constructor R/constructor(a)'],
  ['typescript', 'export class R { #m() { ¦ } }', 'hidden method R/#m()'],
  ['typescript', 'export class R { private m() { ¦ } }', 'hidden method R/m()'],
  ['typescript', 'class R { m() { ¦ } }\nexport default R;', 'default method R/m()'],
  ['typescript', 'export function f(a) { return () => { ¦ } }', 'named free f(a)'],
  ['typescript', 'describe("x", () => { const f = () => { ¦ } });', null],
  ['typescript', 'export const x = 1;¦', null],
  ['javascript', 'function f(x, ...y) { ¦ }\nmodule.exports = { a, f };', 'named free f(x, rest y)'],
  ['javascript', 'exports.f = (x) => { ¦ };', 'named free f(x)'],
  ['javascript', 'export const f = x => x¦;', 'named free f(x)'],
  ['javascript', 'const o = { f(a) { ¦ } };', 'hidden free f(a)'],
  ['python', 'def f(a, /, b: int, *, c=1, **d):\n    ¦pass\n', 'named free f(a, b, named c)'],
  [
    'python',
    'class C:\n    async def m(self, x: int = 3, *args: str):\n        ¦pass\n',
    'named async method C/m(x, rest args)',
  ],
  ['python', 'class C:\n    @staticmethod\n    def s(a):\n        ¦pass\n', 'named static C/s(a)'],
  ['python', 'class C:\n    @classmethod\n    def s(cls, a):\n        ¦pass\n', 'named static C/s(a)'],
  [
    'go',
    'package a\nfunc F[T any](a, b int, cs ...string) (n int, err error) { ¦ }',
    'named free a/F(a: int, b: int, rest cs: []string) gives 2',
  ],
  ['go', 'package a\nfunc (r *R) M(_ time.Duration) { ¦ }', 'named method a/R/M(?: time.Duration) gives 0'],
  [
    'rust',
    'impl<T> Foo<T> for R<T> { pub fn m(&mut self, a: &str, mut b: u8) -> i32 { ¦ } }',
    'named method R/m(a, b)',
  ],
  ['rust', 'impl R { fn new((a, b): (i32, i32)) {¦} }', 'named static R/new(?)'],
  ['rust', 'mod m { fn q() {¦} }', 'hidden static m/q()'],
  [
    'java',
    'package a.b;\nclass C { static int f(final int a, List<String> b, int... c) { ¦ } }',
    'named static a.b/C/f(a: int, b: List<String>, rest c: int[])',
  ],
  ['java', 'class C { private void g(int a[]) { ¦ } }', 'hidden method C/g(a: int[]) gives 0'],
  ['java', 'class C { C(int x) { ¦ } }', 'named constructor C/C(x: int)'],
  [
    'cpp',
    'int f(const char *a, int b[3], void (*c)(int), int d = 2) { ¦ }',
    'named free f(a: const char *, b: int *, c: void (*)(int), d: int)',
  ],
  ['cpp', 'static void f(void) { ¦ }', 'hidden free f() gives 0'],
  ['cpp', 'namespace n { class C { int a() { ¦ } public: int b(); }; }', 'hidden method n/C/a()'],
  ['cpp', 'namespace n { class C { public: static int a() { ¦ } }; }', 'named static n/C/a()'],
  ['cpp', 'int n::C::q(int &&z) { ¦ }', 'named method n/C/q(z: int &&)'],
  ['cpp', 'int n::q(int z) { ¦ }', 'named static n/q(z: int)'],
  ['cpp', 'namespace { int q() { ¦ } }', 'hidden free q()'],
  [
    'csharp',
    'namespace A.B { class C { public static async Task<int> F(ref int a, params int[] b) { ¦ } } }',
    'named async static A.B/C/F(ref a, b)',
  ],
  ['csharp', 'class C { void G() { ¦ } }', 'hidden method C/G() gives 0'],
  [
    'ruby',
    'module M\n  class C\n    def m(a, b = 1, *c, d:, e: 2, **f, &g)\n      ¦1\n    end\n  end\nend\n',
    'named method M/C/m(a, b, rest c, named d, named e)',
  ],
  ['ruby', 'class C\n  def self.s(x)\n    ¦1\n  end\nend\n', 'named static C/s(x)'],
  [
    'php',
    '<?php\nnamespace A\\B;\nclass C { public static function s(int $a, ?string $b = null, ...$c) { ¦ } }',
    'named static A\\B/C/s(a, b, rest c)',
  ],
  ['php', '<?php\nclass C { private function p() { ¦ } }', 'hidden method C/p()'],
  ['bash', 'f() { ¦echo; }', 'named free f()'],
  ['scala', 'package a.b\nobject O { def f(a: Int, b: String*): Int = { ¦1 } }', 'named static a.b/O/f(a, rest b)'],
  ['scala', 'class K { private def g(y: Int) = { ¦1 } }', 'hidden method K/g(y)'],
];

describe('findTestedFunction', () => {
  it.each(CASES)('%s: %s', async (language, marked, words) => {
    const found = await functionAt(marked, language);
    expect(found === null ? null : inWords(found)).toBe(words);
  });
});
