import { describe, expect, it } from 'vitest';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { normalForm, type NormalForm } from '../../../../src/syntax/sameCode/normalForm.ts';
import { spansOf } from '../samples.ts';

/** The normal form of a text whose written part stands between `«` and `»`; all of it without them. */
async function formOf(language: LanguageId, marked: string): Promise<NormalForm> {
  const start = Math.max(0, marked.indexOf('«'));
  const text = marked.replace(/[«»]/g, '');
  const end = marked.includes('»') ? marked.indexOf('»') - 1 : text.length;
  return normalForm(text, await spansOf(text, language), { start, end });
}

type Pair = readonly [language: LanguageId, one: string, other: string];

const SAME: readonly Pair[] = [
  // Layout and comments.
  ['javascript', 'f(a,b)', 'f( a, /* why */ b ) // so'],
  ['python', 'if a:\n  b()\nc()', 'if a: # why\n        b()\n\nc()'],
  ['go', 'package p\nfunc f() { a(); b() }', 'package p\nfunc f() {\n\ta()\n\tb()\n}'],
  ['bash', 'if a; then b; fi', 'if a\nthen\n  b # why\nfi'],
  // Punctuation that could be there or not.
  ['javascript', 'a = [1, 2,]; b()', 'a = [1, 2]\nb()'],
  ['typescript', 'class A { a = 1; b(): void {}; }', 'class A {\n  a = 1\n  b(): void {}\n}'],
  ['rust', 'fn f() { g(1, 2,); }', 'fn f() { g(1, 2); }'],
  ['python', 'f(a, b,)', 'f(\n  a,\n  b\n)'],
  // Quotes.
  ['javascript', "f('a', `b`)", 'f("a", `b`)'],
  ['python', "f(b'a')", 'f(b"a")'],
  ['ruby', "f('a')", 'f("a")'],
  ['php', "<?php f('a');", '<?php f("a");'],
  // Parentheses.
  ['javascript', 'x = (a * b) + c', 'x = a * b + c'],
  ['javascript', 'if ((a)) b()', 'if (a) b()'],
  ['python', 'return (a + b)', 'return a + b'],
  ['rust', 'fn f() { if (a) { b() } }', 'fn f() { if a { b() } }'],
  ['go', 'package p\nfunc f() { if (a) { b() } }', 'package p\nfunc f() { if a { b() } }'],
  ['java', 'class A { int f() { return (a + b); } }', 'class A { int f() { return a + b; } }'],
  // Names of locals and parameters.
  ['javascript', 'function f() { «const a = g(); return a + 1» }', 'function f() { «const b = g(); return b + 1» }'],
  [
    'javascript',
    'f((a) => { const { b, c: d } = a; return { b, d } })',
    'f((x) => { const { b: y, c } = x; return { b: y, d: c } })',
  ],
  ['javascript', 'for (const a of b) c(a)', 'for (const x of b) c(x)'],
  ['javascript', 'try { a() } catch (e) { f(`b ${e}`) }', 'try { a() } catch (x) { f(`b ${x}`) }'],
  ['javascript', 'f(a => a, a => a)', 'f(a => a, b => b)'],
  ['typescript', 'const f = (a: number, b?: string): number => a', 'const f = (c: number, d?: string): number => c'],
  ['tsx', 'const f = (a: A) => <div a={a}>hi</div>', 'const f = (b: A) => <div a={b}>\n  hi\n</div>'],
  [
    'python',
    'def f(a, *b):\n  c = a\n  for d in b: g(c, d)\n  return [e for e in b]',
    'def f(p, *q):\n  r = p\n  for s in q: g(r, s)\n  return [t for t in q]',
  ],
  [
    'python',
    'def f():\n  with g() as a, h() as (b, c): i(f"{a} {b}")',
    'def f():\n  with g() as x, h() as (y, z): i(f"{x} {y}")',
  ],
  [
    'go',
    'package p\nfunc f(a int) (err error) { for i, b := range g(a) { c := b; h(c, i) }; return }',
    'package p\nfunc f(x int) (e error) { for j, y := range g(x) { z := y; h(z, j) }; return }',
  ],
  [
    'go',
    'package p\nfunc f() { switch a := b.(type) { case int: g(a) } }',
    'package p\nfunc f() { switch x := b.(type) { case int: g(x) } }',
  ],
  [
    'rust',
    'fn f(a: i32) { let b = a; if let Some(c) = g(b) { h(c) } match b { d => h(d) } }',
    'fn f(x: i32) { let y = x; if let Some(z) = g(y) { h(z) } match y { w => h(w) } }',
  ],
  ['rust', 'fn f() { let a = 1; println!("{} b", a + c.a); }', 'fn f() { let b = 1; println!("{} b", b + c.a); }'],
  ['rust', 'fn f() { a.map(|b| b + 1); }', 'fn f() { a.map(|c| c + 1); }'],
  [
    'java',
    'class A { int f(int a) { for (int i = 0; i < a; i++) { g(i); } B b = (c) -> c; return b.d(a); } }',
    'class A { int f(int x) { for (int j = 0; j < x; j++) { g(j); } B y = (z) -> z; return y.d(x); } }',
  ],
  [
    'java',
    'class A { void f() { try (B a = g()) { h(a); } catch (E e) { i(e); } for (B b : c) d(b); } }',
    'class A { void f() { try (B x = g()) { h(x); } catch (E y) { i(y); } for (B z : c) d(z); } }',
  ],
  [
    'c',
    'int f(int a, char *b) { int c = a, *d = b; for (int i = 0; i < c; i++) g(d[i]); return c; }',
    'int f(int p, char *q) { int r = p, *s = q; for (int j = 0; j < r; j++) g(s[j]); return r; }',
  ],
  [
    'cpp',
    'int f(const A& a) { for (auto& b : a) g(b); auto [c, d] = h([&](int e) { return e; }); return c; }',
    'int f(const A& p) { for (auto& q : p) g(q); auto [r, s] = h([&](int t) { return t; }); return r; }',
  ],
  [
    'csharp',
    'class A { int F(int a) { var b = a; foreach (var c in D) { G(c, $"x {b}"); } return H(e => e + b); } }',
    'class A { int F(int p) { var q = p; foreach (var r in D) { G(r, $"x {q}"); } return H(s => s + q); } }',
  ],
  [
    'ruby',
    'def f(a)\n  b = a\n  c.each { |d| g(d, "x #{b}") }\n  b\nend',
    'def f(p)\n  q = p\n  c.each { |r| g(r, "x #{q}") }\n  q\nend',
  ],
  [
    'php',
    '<?php function f($a) { foreach ($a as $k => $v) { g($k, "x $v"); } return fn($b) => $b; }',
    '<?php function f($p) { foreach ($p as $q => $r) { g($q, "x $r"); } return fn($s) => $s; }',
  ],
  [
    'scala',
    'class A { def f(a: Int): Int = { val b = a; for (c <- d) g(c); b match { case Some(e) => e }; h(i => i) } }',
    'class A { def f(p: Int): Int = { val q = p; for (r <- d) g(r); q match { case Some(s) => s }; h(t => t) } }',
  ],
];

const OTHER: readonly Pair[] = [
  // What is done, with what, and in which order.
  ['javascript', 'f(a, b)', 'f(b, a)'],
  ['javascript', 'a + b', 'a - b'],
  ['javascript', 'f(1)', 'f(2)'],
  ['javascript', "f('a')", "f('a ')"],
  ['javascript', '`a ${b}`', '`a  ${b}`'],
  ['python', 'f(" a")', 'f("a")'],
  ['python', 'f("a")', 'f(b"a")'],
  ['go', 'package p\nvar a = " a"', 'package p\nvar a = "a"'],
  ['javascript', 'f(a)', 'g(a)'],
  ['javascript', 'a.b', 'a.c'],
  // Layout that means something.
  ['python', 'if a:\n  b()\nc()', 'if a:\n  b()\n  c()'],
  ['python', 'f"{a}"', 'f"{ a = }"'],
  ['javascript', 'return\na', 'return a'],
  ['javascript', 'a\n++b', 'a++\nb'],
  ['ruby', 'a -b', 'a - b'],
  ['ruby', 'a\nb', 'a b'],
  ['bash', 'a "b c"', 'a b c'],
  ['bash', 'a b"c"', 'a b "c"'],
  // Punctuation that counts.
  ['javascript', '[1,,2]', '[1,2]'],
  ['javascript', 'f([a,])', 'f([a,,])'],
  ['javascript', 'for (a;;b) c()', 'for (a;b;) c()'],
  ['javascript', 'while (a); b()', 'while (a) b()'],
  ['python', 'a = (b,)', 'a = (b)'],
  ['python', 'a[b,]', 'a[b]'],
  ['rust', 'fn f() -> i32 { a() }', 'fn f() -> i32 { a(); }'],
  ['rust', 'fn f() { g((a,)) }', 'fn f() { g((a)) }'],
  ['rust', 'fn f() { (a.b)() }', 'fn f() { a.b() }'],
  ['c', "char a = 'a';", 'char a = "a";'],
  ['ruby', "f('a#{b}')", 'f("a#{b}")'],
  ['php', "<?php f('$a');", '<?php f("$a");'],
  ['javascript', '(a + b) * c', 'a + b * c'],
  ['javascript', '(a?.b).c', 'a?.b.c'],
  ['javascript', 'f(() => ({}))', 'f(() => {})'],
  ['javascript', 'f((a, b))', 'f(a, b)'],
  ['python', '(a < b) < c', 'a < b < c'],
  // Names that others can mean, or that mean something else.
  ['javascript', 'function f(a) { «const b = a; return b» }', 'function f(a) { «const b = c; return b» }'],
  ['javascript', 'function f() { «const a = g()»; return a }', 'function f() { «const b = g()»; return a }'],
  ['javascript', 'const a = g(); f(a)', 'const b = g(); f(b)'],
  ['javascript', 'f(({ a }) => 1)', 'f(({ b }) => 1)'],
  ['javascript', 'f(a => ({ a }))', 'f(b => ({ b }))'],
  ['javascript', 'function f() { { const a = 1 } return a }', 'function f() { { const b = 1 } return b }'],
  ['javascript', 'function f() { const a = 1; eval(b) }', 'function f() { const c = 1; eval(b) }'],
  ['javascript', 'f(a => b => a)', 'f(a => b => b)'],
  ['typescript', 'class A { constructor(private a: B) {} }', 'class A { constructor(private b: B) {} }'],
  ['python', 'a = 1', 'b = 1'],
  ['python', 'class A:\n  a = 1', 'class A:\n  b = 1'],
  ['python', 'def f(a):\n  return a\nf(a=1)', 'def f(b):\n  return b\nf(a=1)'],
  ['python', 'def f():\n  global a\n  a = 1', 'def f():\n  global b\n  b = 1'],
  ['python', 'def f(a=b):\n  b = 1\n  return b', 'def f(a=c):\n  c = 1\n  return c'],
  ['python', 'def f():\n  return [a for a in a]', 'def f():\n  return [b for b in b]'],
  ['python', 'def f():\n  a = 1\n  g(f"{a=}")', 'def f():\n  b = 1\n  g(f"{b=}")'],
  ['go', 'package p\nfunc f() { a := a }', 'package p\nfunc f() { b := b }'],
  [
    'go',
    'package p\nfunc f() (err error) { a, err := g(); h(a); return }',
    'package p\nfunc f() (e error) { a, err := g(); h(a); return }',
  ],
  ['go', 'package p\nfunc f() { a := 1; g(T{a: a}) }', 'package p\nfunc f() { b := 1; g(T{b: b}) }'],
  ['rust', 'fn f() { let a = 1; println!("{a}") }', 'fn f() { let b = 1; println!("{a}") }'],
  ['rust', 'fn f() { let a = 1; g!(a) }', 'fn f() { let b = 1; g!(b) }'],
  ['rust', 'fn f() { let a = 1; g(S { a }) }', 'fn f() { let b = 1; g(S { b }) }'],
  ['java', 'class A { int a; }', 'class A { int b; }'],
  ['java', 'class A { void f() { try (a) { g(a); } } }', 'class A { void f() { try (b) { g(b); } } }'],
  [
    'java',
    'class A { void f() { try (B a = g()) {} catch (E e) { h(a); } } }',
    'class A { void f() { try (B b = g()) {} catch (E e) { h(b); } } }',
  ],
  ['c', 'void f() { static int a; g(a); }', 'void f() { static int b; g(b); }'],
  [
    'csharp',
    'class A { void F() { int a = 1; G(a: a); H(nameof(a)); } }',
    'class A { void F() { int b = 1; G(a: b); H(nameof(b)); } }',
  ],
  ['csharp', 'class A { void F(int a) { G(new T { a = a }); } }', 'class A { void F(int b) { G(new T { b = b }); } }'],
  ['ruby', 'def f\n  x.each { a = 1 }\n  g(a)\nend', 'def f\n  x.each { b = 1 }\n  g(b)\nend'],
  ['ruby', 'def f\n  a = 1\n  g(a:)\nend', 'def f\n  b = 1\n  g(b:)\nend'],
  ['php', '<?php function f() { $a = 1; return compact("a"); }', '<?php function f() { $b = 1; return compact("a"); }'],
  ['php', '<?php function f($a) { return $a; } f(a: 1);', '<?php function f($b) { return $b; } f(a: 1);'],
  ['php', '<?php $f = fn($a) => $b;', '<?php $f = fn($a) => $c;'],
  ['scala', 'class A { val a = 1 }', 'class A { val b = 1 }'],
  ['scala', 'class A { def f(a: Int) = g(a = a) }', 'class A { def f(b: Int) = g(b = b) }'],
  ['bash', 'f() { local a=1; g; }', 'f() { local b=1; g; }'],
];

describe('normalForm', () => {
  it.each(SAME)('%s: the same code is %s and %s', async (language, one, other) => {
    expect((await formOf(language, one)).key).toBe((await formOf(language, other)).key);
  });

  it.each(OTHER)('%s: another code is %s than %s', async (language, one, other) => {
    expect((await formOf(language, one)).key).not.toBe((await formOf(language, other)).key);
  });
});
