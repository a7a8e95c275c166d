import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../../src/lab/faults/faultKinds.ts';
import { slipPlaces } from '../../../../src/lab/faults/slipPlaces.ts';
import { findRegions } from '../../../../src/syntax/findRegions.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';

/** A body of a function of `a`, `b`, `n` and `xs`, and all slips of a kind in it. */
type Case = readonly [body: string, ...slips: string[]];

const indented = (body: string, indent: string): string => body.replaceAll(/^(?=.)/gm, indent);
const braces = (head: string, body: string): string => `${head} {\n${indented(body, '  ')}\n}\n`;

const FUNCTIONS: Readonly<Partial<Record<LanguageId, (body: string) => string>>> = {
  python: (body) => `def f(a, b, n, xs):\n${indented(body, '    ')}\n`,
  typescript: (body) => braces('function f(a: number, b: number, n: number, xs: number[])', body),
  go: (body) => `package p\n\n${braces('func f(a, b, n int, xs []int) int', body)}`,
  java: (body) => `class A {\n${indented(braces('int f(int a, int b, int n, int[] xs)', body), '  ')}}\n`,
  rust: (body) => braces('fn f(a: usize, b: usize, n: usize, xs: &[usize]) -> usize', body),
  c: (body) => braces('int f(int a, int b, int n, int *xs)', body),
  cpp: (body) => braces('int f(int a, int b, int n, const std::vector<int> &xs)', body),
  csharp: (body) => `class A {\n${indented(braces('int F(int a, Foo b, int n, int[] xs)', body), '  ')}}\n`,
  ruby: (body) => `def f(a, b, n, xs)\n${indented(body, '  ')}\nend\n`,
  php: (body) => `<?php\n${braces('function f(int $a, $b, $n, array $xs)', body)}`,
  bash: (body) => braces('f()', body),
  scala: (body) => braces('def f(a: Int, b: Int, n: Int, xs: Seq[Int]): Int =', body),
};

/** Written alike in several languages. */
const alike = (languages: string, row: Case): Readonly<Record<string, Case>> =>
  Object.fromEntries(languages.split(' ').map((language) => [language, row]));

const CASES: Readonly<Record<FaultKind, Readonly<Record<string, Case>>>> = {
  operator: {
    ...alike('typescript java c cpp csharp scala', [
      'if (a < b && a != n) g(a + 1, a + 0, "text" + a);',
      ...['< => <= | >', '&& => ||', '!= => ==', '+ => -'],
    ]),
    ...alike('go rust', ['if a < b && a != n { g(a + 1, a + 0); }', '< => <= | >', '&& => ||', '!= => ==', '+ => -']),
    python: [
      'if a is None and b not in xs or a < b:\n    a += 1 // n\n    s = "text" + t\n    s += "text"',
      ...['is => is not', 'and => or', 'not in => in', 'or => and', '< => <= | >', '+= => -=', '// => /'],
    ],
    ruby: ['g(a - b) if a >= b || n == 1', '- => +', '>= => > | <=', '|| => &&', '== => !='],
    php: ['if ($a === $b) { $a *= 2; }', '=== => !==', '*= => /='],
    bash: ['[ "$a" -lt 3 ] || return', '-lt => -le | -gt', '|| => &&'],
  },
  bound: {
    ...alike('typescript java cpp csharp', [
      'for (int i = 0; i < n; i++) g(xs[1]);\nif (a < b) g(xs[i], 0);'.replace('int i', 'var i'),
      ...['0 => 1', '< => <=', 'n => n - 1 | n + 1', '1 => 2 | 0'],
    ]),
    c: ['while (a <= n - 1) { xs[a + 1] = 0; }', '<= => <', 'n - 1 => n', 'a + 1 => a'],
    go: [
      'for i := 0; i < n; i++ { g(xs[1:n]) }',
      '0 => 1',
      '< => <=',
      'n => n - 1 | n + 1',
      '1 => 2 | 0',
      'n => n - 1 | n + 1',
    ],
    rust: [
      'for i in 0..n { g(&xs[1..=a]); }',
      '0 => 1',
      '.. => ..=',
      'n => n - 1 | n + 1',
      '1 => 2 | 0',
      '..= => ..',
      'a => a - 1 | a + 1',
    ],
    python: [
      'for i in range(1, len(xs)):\n    g(xs[:n - 1], xs[0])',
      ...['1 => 2 | 0', 'len(xs) => len(xs) - 1 | len(xs) + 1', 'n - 1 => n', '0 => 1'],
    ],
    ruby: ['g(xs[0...n])', '0 => 1', '... => ..', 'n => n - 1 | n + 1'],
    php: [
      'for ($i = 0; $i < $n; $i++) { g(substr($a, 0, 3)); }',
      '0 => 1',
      '< => <=',
      '$n => $n - 1 | $n + 1',
      '0 => 1',
      '3 => 4 | 2',
    ],
    bash: ['while [ "$a" -lt 3 ]; do g; done', '-lt => -le', '3 => 4 | 2'],
    scala: ['for (i <- 0 until n) { g(i) }', '0 => 1', 'until => to', 'n => n - 1 | n + 1'],
  },
  argumentOrder: {
    ...alike('typescript java c cpp csharp', [
      'g(a, b, 1); h(a.b, n); max(a, b); k("x", "y"); k(1, 1); m(a + 1, b);',
      ...['a, b => b, a', 'a.b, n => n, a.b', '"x", "y" => "y", "x"'],
    ]),
    go: ['g(a, b, 1)\nh(a.b, n)\nk(p(), q())', 'a, b => b, a', 'a.b, n => n, a.b', 'p(), q() => q(), p()'],
    rust: ['g(&a, &b);\nh(a.b, n);\na.max(b, n);', '&a, &b => &b, &a', 'a.b, n => n, a.b'],
    python: ['g(a, b, key=n)\nh(p(), q())\nk(*a, *b)\nm(a=a, b=b)', 'a, b => b, a', 'p(), q() => q(), p()'],
    ruby: ['g(a, b, k: n)', 'a, b => b, a'],
    php: ['g($a, $b); h($this->x, $n);', '$a, $b => $b, $a', '$this->x, $n => $n, $this->x'],
  },
  variableInScope: {
    typescript: [
      'const c = a;\nfor (const d of xs) g(d.a);\nreturn h(c, { a: 1 });',
      ...['a => b | n | xs', 'xs => a | b | n | c', 'd => a | b | n | xs | c', 'c => a | b | n | xs'],
    ],
    python: [
      'c, d = a, len(xs)\nreturn g(c, a=1)',
      ...['a => b | n | xs', 'xs => a | b | n', 'c => a | b | n | xs | d'],
    ],
    go: [
      'c, err := g(a)\nif err != nil {\n  d := c\n  return d\n}\nreturn T{a: 1}.b',
      ...['a => b | n | xs', 'err => a | b | n | xs | c', 'c => a | b | n | xs | err', 'd => a | b | n | xs | c | err'],
    ],
    java: [
      'int c = this.a;\nfor (int d : xs) { g(d); }\nreturn c;',
      ...['xs => a | b | n | c', 'd => a | b | n | xs | c', 'c => a | b | n | xs'],
    ],
    rust: ['let (c, d) = g(a);\nS { b, n: c }.a', 'a => b | n | xs', 'c => a | b | n | xs | d'],
    c: ['int *c, d = 1;\nreturn c->a + d;', 'c => a | b | n | xs | d', 'd => a | b | n | xs | c'],
    csharp: ['Foo c = b;\nreturn c;', 'b => a | n | xs', 'c => a | b | n | xs'],
    php: ['$c = $a;\nreturn $c;', '$a => $b | $n | $xs', '$c => $a | $b | $n | $xs'],
    ruby: ['c = a\nxs.each { |d| g(d) }', 'a => b | n | xs', 'xs => a | b | n | c', 'd => a | b | n | xs | c'],
    bash: ['local c=1\nlocal d=2\necho "$c"', 'c => d'],
    scala: ['val c = a\nc', 'a => b | n | xs', 'c => a | b | n | xs'],
  },
  literal: {
    ...alike('typescript java c cpp', [
      'a = 10; b = 0; c = true; d = m.get("x"); e = m.get("y"); h("z", "two words", 1.5, 0x1F); g(xs[3]);',
      ...['10 => 11 | 9', '0 => 1', 'true => false', '"x" => "y"', '"y" => "x"'],
    ]),
    bash: ['b=$((a + 1))', '1 => 2'],
    python: [
      'a = 10\nc = False\nd = m["x"] + m["y"] + m[\'z\']\nreturn xs[3]',
      ...['10 => 11 | 9', 'False => True', '"x" => "y"', '"y" => "x"'],
    ],
    go: ['a = 10\nc = true\nd = m["x"] + m["y"]', '10 => 11 | 9', 'true => false', '"x" => "y"', '"y" => "x"'],
    rust: ['let c = (10, true, m["x"], m["y"], d.0);', '10 => 11 | 9', 'true => false', '"x" => "y"', '"y" => "x"'],
    ruby: ['c = [10, true, m["x"], m["y"]]', '10 => 11 | 9', 'true => false', '"x" => "y"', '"y" => "x"'],
    php: ["$c = [10, true, $m['x'], $m['y']];", '10 => 11 | 9', 'true => false', "'x' => 'y'", "'y' => 'x'"],
    csharp: ['c = G(10, true, m["x"], m["y"]);', '10 => 11 | 9', 'true => false', '"x" => "y"', '"y" => "x"'],
  },
  negation: {
    ...alike('typescript java c cpp csharp', [
      'if (!a && b.c) g(a < b);\nwhile (h(n)) g(a);\nreturn a < b ? 1 : 2;',
      ...['b.c => !b.c', '! => ', 'h(n) => !h(n)'],
    ]),
    go: ['if !a && b.c { g() }\nif c := h(n); c { g() }', 'b.c => !b.c', '! => ', 'c => !c'],
    rust: ['if !a && b.c { g(); }\nwhile h(n) { g(); }', 'b.c => !b.c', '! => ', 'h(n) => !h(n)'],
    python: [
      'if not a and b.c:\n    g()\nelif n:\n    g()\nreturn a if h(n) else b',
      ...['b.c => not b.c', 'not  => ', 'n => not n', 'h(n) => not h(n)'],
    ],
    ruby: ['return if !a && b.c\ng unless n', 'b.c => !b.c', '! => ', 'n => !n'],
    php: ['if (!$a && $b->c) { g(); }', '$b->c => !$b->c', '! => '],
    bash: ['if ! g; then h; fi\nif [ -n "$a" ]; then h; fi', '!  => ', '[ -n "$a" ] => ! [ -n "$a" ]'],
    scala: ['if (!a && b) g()', 'b => !b', '! => '],
  },
  method: {
    ...alike('typescript java cpp csharp', [
      'xs.first(a); xs.last(b); xs.size(); this.open(); this.close(); new xs.Thing(a); g(a);',
      ...['first => last', 'last => first', 'open => close', 'close => open'],
    ]),
    c: ['xs->first(a); xs->last(b);', 'first => last', 'last => first'],
    go: [
      'c := strings.TrimLeft(a, b)\nd := strings.TrimRight(a, b)\ne := strings.ToUpper(a)',
      'TrimLeft => TrimRight',
      'TrimRight => TrimLeft',
    ],
    rust: ['self.rows.push(a);\nself.rows.insert(b);\nself.insert(b);', 'push => insert', 'insert => push'],
    python: ['xs.append(a)\nxs.extend(b)\nxs.sort()\nys.remove(a)', 'append => extend', 'extend => append'],
    ruby: ['xs.first(a)\nxs.last(b)', 'first => last', 'last => first'],
    php: ['$this->open($a); $this->close($b);', 'open => close', 'close => open'],
  },
  missingGuard: {
    ...alike('typescript java cpp csharp c', [
      '// At once.\nif (a < 0) return 1;\nif (b) { g(a); return 2; }\n\nif (n) { return 3; } else { g(a); }\nif (a) g(a);\ng(b);\nif (b) return 4;',
      '  // At once.\n  if (a < 0) return 1;\n => ',
      '  if (b) { g(a); return 2; }\n => ',
    ]),
    go: [
      'c, err := g(a)\nif err != nil {\n  return 1\n}\nif d := h(); d { return 2 }\nreturn c',
      '  if err != nil {\n    return 1\n  }\n => ',
    ],
    rust: [
      'if a > b { return Err(a); }\nfor i in xs { if *i == a { continue; } g(i); }\nb',
      '  if a > b { return Err(a); }\n => ',
      'if *i == a { continue; } => ',
    ],
    python: [
      'if a is None:\n    raise ValueError("a")  # never\nfor x in xs:\n    if x: continue\n    g(x)\nif n:\n    return 1\nelif b:\n    return 2\nif a:\n    return a',
      ...['    if a is None:\n        raise ValueError("a")  # never\n => ', '        if x: continue\n => '],
    ],
    ruby: [
      'return nil if a\nunless b\n  raise "b"\nend\nn',
      '  return nil if a\n => ',
      '  unless b\n    raise "b"\n  end\n => ',
    ],
    php: ['if ($a) { throw new E("a"); }\nreturn $b;', '  if ($a) { throw new E("a"); }\n => '],
    bash: ['if [ -z "$a" ]; then\n  return 1\nfi\ng', '  if [ -z "$a" ]; then\n    return 1\n  fi\n => '],
    scala: ['if (a) return 1\nb', '  if (a) return 1\n => '],
  },
};

/** A column of spaces is no part of what a case says about Java and C#, which stand in a class. */
const withoutIndent = (slip: string, language: LanguageId): string =>
  /^(?:java|csharp)$/.test(language) ? slip.replaceAll(/^ {2}(?= )/gm, '') : slip;

describe.each(Object.entries(CASES))('%s', (kind, cases) => {
  test.each(Object.entries(cases))('in %s', async (name, [body, ...slips]) => {
    const language = name as LanguageId;
    const text = FUNCTIONS[language]!(body);
    const spans = await inProcessParser.spans(text, language);
    if (isSkipped(spans)) throw new Error('not parsed');
    const region = findRegions(spans, text).find((found) => found.kind === 'function')!;
    const places = slipPlaces({ ...region, spans, text, language }, kind as FaultKind);
    const found = places.map(
      ({ start, end, replacements }) => `${text.slice(start, end)} => ${replacements.join(' | ')}`,
    );
    expect(found.map((slip) => withoutIndent(slip, language))).toEqual(slips);
    for (const { start, end, replacements } of places) {
      const parses = await inProcessParser.keepsParsing(text, language, start, end, replacements);
      expect(parses, text.slice(start, end)).toEqual(replacements.map(() => true));
    }
  });
});
