import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentSign } from '../../../src/syntax/commentSign.ts';
import { findRegions } from '../../../src/syntax/findRegions.ts';
import { LANGUAGE_IDS, type LanguageId } from '../../../src/syntax/languages.ts';
import { lineSpans } from '../../../src/syntax/lineSpans.ts';
import { suppressionComment } from '../../../src/syntax/suppressionComment.ts';
import { suppressionAt, suppressionsOf, type Suppressions } from '../../../src/syntax/suppressions.ts';
import { SAMPLES, spansOf } from './samples.ts';

async function read(text: string, language: LanguageId | 'lines'): Promise<Suppressions> {
  return suppressionsOf(text, language === 'lines' ? lineSpans(text) : await spansOf(text, language));
}

/** One line for each suppression: what it silences, in one line, and why. */
async function silenced(text: string, language: LanguageId | 'lines'): Promise<string[]> {
  const { ranges } = await read(text, language);
  return ranges.map(
    ({ start, end, reason }) => `${text.slice(start, end).replaceAll(/\s+/g, ' ').trim()} :: ${reason}`,
  );
}

/** The kind of each fault and the text of its comment. */
async function faults(text: string, language: LanguageId | 'lines'): Promise<string[]> {
  const found = await read(text, language);
  return found.faults.map(({ kind, comment }) => `${kind}: ${text.slice(comment.start, comment.end)}`);
}

interface Case {
  readonly language: LanguageId;
  /** A function of two statements, with a comment alone above it, above its first statement and behind its second. */
  readonly text: string;
  readonly declaration: string;
  readonly first: string;
  readonly second: string;
}

const braces = (language: LanguageId, head: string, around: readonly [string, string] = ['', '']): Case => ({
  language,
  text: `${around[0]}// candor-ignore: seen f
${head} {
  // candor-ignore: seen a
  a(
    1);
  b(2); // candor-ignore: seen b
  c(3);
}
after();
${around[1]}`,
  declaration: `${head} { // candor-ignore: seen a a( 1); b(2); // candor-ignore: seen b c(3); }`,
  first: 'a( 1);',
  second: 'b(2);',
});

const CASES: readonly Case[] = [
  braces('typescript', 'export function f(x: number): void'),
  braces('tsx', 'export const f: F = function (x)'),
  braces('javascript', 'async function f(x)'),
  braces('go', 'func f(x int)', ['package p\n', '']),
  braces('rust', 'pub fn f(x: u8)'),
  braces('java', 'public void f(int x)', ['class A {\n', '}\n']),
  braces('c', 'static int f(int x)'),
  braces('cpp', 'template <class T> auto A::f(T x) -> int'),
  braces('csharp', 'public async Task F(int x)', ['class A {\n', '}\n']),
  braces('php', 'function f($x)', ['<?php\n', '']),
  braces('scala', 'def f(x: Int): Unit ='),
  {
    language: 'python',
    text: `# candor-ignore: seen f
def f(x):
    # candor-ignore: seen a
    a(
        1)
    b(2)  # candor-ignore: seen b
    c(3)
after()
`,
    declaration: 'def f(x): # candor-ignore: seen a a( 1) b(2) # candor-ignore: seen b c(3)',
    first: 'a( 1)',
    second: 'b(2)',
  },
  {
    language: 'ruby',
    text: `# candor-ignore: seen f
def f(x)
  # candor-ignore: seen a
  a(
    1)
  b(2) # candor-ignore: seen b
  c(3)
end
after
`,
    declaration: 'def f(x) # candor-ignore: seen a a( 1) b(2) # candor-ignore: seen b c(3) end',
    first: 'a( 1)',
    second: 'b(2)',
  },
  {
    language: 'bash',
    text: `# candor-ignore: seen f
f() {
  # candor-ignore: seen a
  a \\
    1
  b 2 # candor-ignore: seen b
  c 3
}
after
`,
    declaration: 'f() { # candor-ignore: seen a a \\ 1 b 2 # candor-ignore: seen b c 3 }',
    first: 'a \\ 1',
    second: 'b 2',
  },
];

describe('suppressionsOf', () => {
  it('is tried with every language', () => {
    expect(CASES.map(({ language }) => language).sort()).toEqual([...LANGUAGE_IDS].sort());
  });

  it.each(CASES)('silences a function, a statement and a line of $language', async (one) => {
    const expected = [`${one.declaration} :: seen f`, `${one.first} :: seen a`, `${one.second} :: seen b`];
    expect(await silenced(one.text, one.language)).toEqual(expected);
    expect(await faults(one.text, one.language)).toEqual([]);
  });

  it.each(CASES)('does so in $language with other line endings', async (one) => {
    const text = one.text.replaceAll('\\\n', '\n').replaceAll('\n', '\r\n');
    const reasons = (await read(text, one.language)).ranges.map(({ reason }) => reason);
    expect(reasons).toEqual(['seen f', 'seen a', 'seen b']);
  });

  it.each(CASES)('silences a file of $language before its code, and not behind it', async ({ language, text }) => {
    const sign = commentSign(language) ?? '';
    const opening = language === 'php' ? '<?php\n' : '';
    const body = text.slice(opening.length).replaceAll('candor-ignore', 'seen');
    const early = `${opening}${sign} Some licence\n${sign}\n\n${sign} candor-ignore-file: generated\n${body}`;
    const { whole, ranges, faults: early0 } = await read(early, language);
    expect(whole).toMatchObject({ start: 0, end: early.length, reason: 'generated' });
    expect([ranges, early0]).toEqual([[], []]);
    const late = `${opening}${body}${sign} candor-ignore-file: generated`;
    expect((await read(late, language)).whole).toBeNull();
    expect(await faults(late, language)).toEqual([`after-code: ${sign} candor-ignore-file: generated`]);
  });

  it.each<[LanguageId, string]>([
    ['typescript', 'f("// candor-ignore: no", `\n// candor-ignore: no\n`, /[/]\\/ candor-ignore: no/)'],
    ['tsx', 'const a = <p title="// candor-ignore: no">// candor-ignore: no</p>'],
    ['python', 'def f():\n    """Says.\n\n    # candor-ignore: no\n    """\n    return "# candor-ignore: no"\n'],
    ['go', 'package p\nvar x = `\n// candor-ignore: no\n`'],
    ['rust', 'const A: &str = r#"\n// candor-ignore: no\n"#;'],
    ['java', 'class A { String a = """\n  // candor-ignore: no\n  """; }'],
    ['cpp', 'auto a = R"(\n// candor-ignore: no\n)";'],
    ['csharp', 'var a = @"\n// candor-ignore: no\n";'],
    ['ruby', 'a = <<~X\n  # candor-ignore: no\nX\n'],
    ['php', '<p>\n// candor-ignore: no\n</p>\n<?php $a = <<<X\n  // candor-ignore: no\n  X;\n'],
    ['bash', "cat <<X\n# candor-ignore: no\nX\necho '\n# candor-ignore: no\n'\n"],
    ['scala', 'val a = """\n// candor-ignore: no\n"""'],
    ['c', 'char *a = "/* candor-ignore: no */";'],
  ])('takes nothing in a string of %s for a comment', async (language, text) => {
    expect(await read(text, language)).toEqual({ whole: null, ranges: [], faults: [] });
  });

  it.each<[LanguageId, string, readonly string[]]>([
    ['typescript', '/* candor-ignore: both */ f();\nf();', ['f();']],
    ['typescript', '/**\n * About f.\n * candor-ignore: seen\n */\nfunction f() {}', ['function f() {}']],
    ['typescript', 'f(); /* a\n candor-ignore: seen */\ng();', ['f();']],
    ['typescript', 'f(1, /* candor-ignore: seen */ 2);\ng();', ['f(1, /* candor-ignore: seen */ 2);']],
    ['java', 'class A {\n  /** candor-ignore: seen */\n  int a;\n  int b;\n}', ['int a;']],
    ['c', 'int a; /* candor-ignore: seen **/\nint b;', ['int a;']],
    ['rust', '/// Does f.\n/// candor-ignore: seen\nfn f() {}', ['fn f() {}']],
    ['rust', '/* a /* b */ candor-ignore: seen */ fn f() {}', ['fn f() {}']],
    ['ruby', '=begin\ncandor-ignore: seen\n=end\nf\ng', ['f']],
    ['php', '<?php\n# candor-ignore: seen ?>\n<?php f();', ['f();']],
    ['php', '<?php // candor-ignore: seen\nf();\n', ['f();']],
    ['php', '<p>\n<?php /* candor-ignore: seen */\nf();\ng();\n', ['f();']],
    ['scala', '/* candor-ignore: seen */\nval a = 1\nval b = 1', ['val a = 1']],
    ['bash', 'if a; then # candor-ignore: seen\n  b\nfi', ['if a; then # candor-ignore: seen b fi']],
    ['javascript', '<!-- candor-ignore: seen -->\nf();\ng();', ['f();']],
  ])('reads the other comments of %s: %j', async (language, text, expected) => {
    const { ranges } = await read(text, language);
    expect(ranges.map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' ').trim())).toEqual(expected);
    expect(ranges[0]?.reason).toMatch(/^(seen|both)$/);
  });

  it('tells where the comment stands', async () => {
    const text = '😀;\nf(); // candor-ignore: 😀 because of 漢字 \r\n';
    const { ranges } = await read(text, 'typescript');
    expect(ranges).toHaveLength(1);
    expect(ranges[0]?.reason).toBe('😀 because of 漢字');
    expect(text.slice(ranges[0]?.comment.start, ranges[0]?.comment.end)).toBe('// candor-ignore: 😀 because of 漢字');
    expect(text.slice(ranges[0]?.start, ranges[0]?.end)).toBe('f();');
  });

  it('counts in UTF-16 units behind an emoji on the line', async () => {
    expect(await silenced('a = "😀😀"; // candor-ignore: seen\nb', 'javascript')).toEqual(['a = "😀😀"; :: seen']);
  });

  it('reads the last line without a line ending', async () => {
    expect(await silenced('f()\ng() # candor-ignore: seen', 'python')).toEqual(['g() :: seen']);
    expect(await silenced('# candor-ignore: seen\ng()', 'python')).toEqual(['g() :: seen']);
  });

  it('reads several comments on one line', async () => {
    const text = '/* candor-ignore: one */ f(); /* candor-ignore: two */ g(); // candor-ignore: three\nh();';
    const line = text.slice('/* candor-ignore: one */ '.length, text.indexOf(' // '));
    expect(await silenced(text, 'typescript')).toEqual([`${line} :: one`, `${line} :: two`, `${line} :: three`]);
  });

  it('reads comments above one another as being about the same line', async () => {
    const text = '# candor-ignore: one\n# a remark\n\n# candor-ignore: two\nf()\ng()';
    expect(await silenced(text, 'python')).toEqual(['f() :: one', 'f() :: two']);
  });

  it('silences a nested function and not what is around it', async () => {
    const text = `function outer() {
  before();
  // candor-ignore: seen
  function inner() {
    return () => {
      deep();
    };
  }
  after();
}`;
    expect(await silenced(text, 'typescript')).toEqual(['function inner() { return () => { deep(); }; } :: seen']);
    const suppressions = await read(text, 'typescript');
    const at = text.indexOf('deep');
    expect(suppressionAt(suppressions, at, at + 4)?.reason).toBe('seen');
    expect(suppressionAt(suppressions, 0, text.length)).toBeNull();
    expect(suppressionAt(suppressions, text.indexOf('after'), text.indexOf('after') + 5)).toBeNull();
  });

  it('silences a line that begins nothing, and only that', async () => {
    const text = 'if (a) {\n  b();\n} // candor-ignore: seen\nc();';
    expect(await silenced(text, 'typescript')).toEqual(['} :: seen']);
    const long = 'int f(int a,\n      int b) { // candor-ignore: seen\n  return a;\n}\n';
    expect(await silenced(long, 'c')).toEqual(['int b) { :: seen']);
  });

  it('silences the branch or the part of a call that begins on a line', async () => {
    const branch = 'if (a) {\n  b();\n} else if (c) { // candor-ignore: seen\n  d();\n}\ne();';
    expect(await silenced(branch, 'typescript')).toEqual(['} else if (c) { // candor-ignore: seen d(); } :: seen']);
    const part = 'f({\n  // candor-ignore: seen\n  a: g(\n    1),\n  b: 2,\n});';
    expect(await silenced(part, 'typescript')).toEqual(['a: g( 1), :: seen']);
  });

  it.each<[LanguageId, string, string]>([
    ['ruby', 'if x\n  # candor-ignore: seen\n  a(\n    1)\n  b\nelse\n  c\nend\n', 'a( 1)'],
    ['ruby', 'while x\n  # candor-ignore: seen\n  a(1)\n  b\nend\n', 'a(1)'],
    ['ruby', 'x.each do |i|\n  # candor-ignore: seen\n  a(i)\n  b\nend\n', 'a(i)'],
    ['ruby', 'x.map { |i|\n  # candor-ignore: seen\n  a(i)\n  b }\n', 'a(i)'],
    ['python', 'if x:\n    # candor-ignore: seen\n    a(\n        1)\n    b()\n', 'a( 1)'],
    ['python', 'class C:\n    # candor-ignore: seen\n    a = 1\n    b = 2\n', 'a = 1'],
    ['scala', 'def f() =\n  // candor-ignore: seen\n  a(1)\n  b\n', 'a(1)'],
    ['scala', 'x match\n  // candor-ignore: seen\n  case 1 => a\n  case 2 => b\n', 'case 1 => a'],
    ['bash', 'while x\n# candor-ignore: seen\ndo\n  a\ndone\n', 'do'],
    ['bash', 'case x in\n  # candor-ignore: seen\n  y)\n    a\n    ;;\n  z) b ;;\nesac\n', 'y) a ;;'],
    [
      'java',
      'class A {\n  void f() {\n    switch (x)\n    // candor-ignore: seen\n    {\n      case 1: break;\n    }\n  }\n}\n',
      '{',
    ],
    ['java', 'class A {\n  void f()\n  // candor-ignore: seen\n  {\n    a();\n  }\n}\n', '{'],
    [
      'csharp',
      'class A {\n  void F() {\n    switch (x)\n    // candor-ignore: seen\n    {\n      case 1: break;\n    }\n  }\n}\n',
      '{',
    ],
    [
      'go',
      'package p\nfunc f() {\n\tswitch x {\n\t// candor-ignore: seen\n\tcase 1:\n\t\ta()\n\tcase 2:\n\t}\n}\n',
      'case 1: a()',
    ],
  ])('does not take the body of something in %s for its first statement: %j', async (language, text, expected) => {
    expect(await silenced(text, language)).toEqual([`${expected} :: seen`]);
  });

  it('reads no comment in a macro, which the grammar takes for text', async () => {
    expect(await silenced('#define A 1 // candor-ignore: seen\nint a;', 'c')).toEqual([]);
    expect(await silenced('#include <a> // candor-ignore: seen\nint a;', 'cpp')).toHaveLength(1);
  });

  it('silences a block that is a statement itself', async () => {
    const text = 'void f() {\n  // candor-ignore: seen\n  {\n    a();\n  }\n  b();\n}\n';
    expect(await silenced(text, 'c')).toEqual(['{ a(); } :: seen']);
    const atTop = '// candor-ignore: seen\n{\n  a();\n}\nb();\n';
    expect(await silenced(atTop, 'javascript')).toEqual(['{ a(); } :: seen']);
  });

  it('silences the last function of a class as it is judged, with the end of the class', async () => {
    const text = 'class C {\n  // candor-ignore: seen\n  m() {}\n}\nclass D {}\n';
    const region = findRegions(await spansOf(text, 'typescript'), text).find(({ kind }) => kind === 'function');
    expect(text.slice(region?.start, region?.end)).toBe('m() {}\n}');
    const suppressions = await read(text, 'typescript');
    expect(suppressionAt(suppressions, region?.start ?? 0, region?.end ?? 0)?.reason).toBe('seen');
    expect(suppressionAt(suppressions, 0, region?.end ?? 0)).toBeNull();
  });

  it('leaves a piece from the line before alone', async () => {
    const text = 'a = `\nx`; f(() => { // candor-ignore: seen\n  g();\n});\n';
    expect(await silenced(text, 'javascript')).toEqual(['x`; f(() => { // candor-ignore: seen g(); }); :: seen']);
    const sum = 'var a = @"x\ny" + // candor-ignore: seen\n  b;\n';
    expect(await silenced(sum, 'csharp')).toEqual(['y" + :: seen']);
    const withText = 'a = `w\nx`; f(); // candor-ignore: seen\ng();';
    expect(await silenced(withText, 'javascript')).toEqual(['x`; f(); :: seen']);
    expect(await silenced('a = """\nx"""  # candor-ignore: seen\nb', 'python')).toEqual(['x""" :: seen']);
  });

  it.each<[LanguageId, readonly string[], string]>([
    ['python', ['@a(1)', '@b', 'def f():', '    pass'], ''],
    ['typescript', ['@a(1)', '@b', 'class C {', '}'], ''],
    ['typescript', ['@a(1)', '@b', 'f() {', '}'], 'class C {'],
    ['rust', ['#[a(1)]', '#[b]', 'fn f() {', '}'], ''],
    ['java', ['@A(1)', '@B', 'public void f() {', '}'], 'class C {'],
    ['csharp', ['[A(1)]', '[B]', 'public void F() {', '}'], 'class C {'],
    ['php', ['#[A(1)]', '#[B]', 'function f() {', '}'], '<?php'],
    ['cpp', ['[[a]]', '[[b]]', 'int f() {', '}'], ''],
    ['c', ['__attribute__((a))', '__attribute__((b))', 'int f(void) {', '}'], ''],
    ['scala', ['@a(1)', '@b', 'def f() = {', '}'], ''],
  ])('silences a function of %s with %j, wherever the comment stands', async (language, lines, around) => {
    const comment = suppressionComment(language, '', 'seen');
    for (const at of [0, 1, 2]) {
      const inner = [...lines.slice(0, at), comment, ...lines.slice(at)].join('\n');
      const text = `${around}\n${inner}\n${around.endsWith('{') ? '}\n' : ''}`;
      const suppressions = await read(text, language);
      expect(suppressions.ranges).toHaveLength(1);
      const start = text.indexOf(lines[0] ?? '');
      const end = text.indexOf(inner) + inner.length;
      if (at === 0) expect(suppressions.ranges[0]?.start).toBe(start);
      expect(suppressionAt(suppressions, start, end)?.reason).toBe('seen');
    }
  });

  it('reads a comment behind a decorator as being about what is decorated', async () => {
    const text = '@a  # candor-ignore: seen\ndef f():\n    pass\n\ndef g(): pass\n';
    expect(await silenced(text, 'python')).toEqual(['@a # candor-ignore: seen def f(): pass :: seen']);
  });

  it('reads comments inside JSX, in their braces', async () => {
    const text = `const a = (
  <ul>
    {/* candor-ignore: seen */}
    <li
      key={1}>
      x
    </li>
    <li>y</li> {/* candor-ignore: y too */}
    {
      // candor-ignore: z too
    }
    <li // candor-ignore: in a tag
    >z</li>
  </ul>
);`;
    expect(await silenced(text, 'tsx')).toEqual([
      '<li key={1}> x </li> :: seen',
      '<li>y</li> :: y too',
      '<li // candor-ignore: in a tag >z</li> :: z too',
      '<li // candor-ignore: in a tag >z</li> :: in a tag',
    ]);
  });

  it.each<[LanguageId | 'lines', string]>([
    ['javascript', '#!/usr/bin/env node\n// candor-ignore-file: generated\nf();\n'],
    ['javascript', '\uFEFF#!/usr/bin/env node\n// candor-ignore-file: generated\nf();\n'],
    ['typescript', '#!/usr/bin/env ts-node\r\n/* a licence */\r\n// candor-ignore-file: generated\r\nf();\r\n'],
    ['python', '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n# candor-ignore-file: generated\nf()\n'],
    ['ruby', '#!/usr/bin/env ruby\n# candor-ignore-file: generated\nf\n'],
    ['bash', '#!/bin/sh\n# candor-ignore-file: generated\nf\n'],
    ['php', '#!/usr/bin/env php\n<?php // candor-ignore-file: generated\nf();\n'],
    ['php', '<?php /* candor-ignore-file: generated */ ?>\n<p>'],
    ['rust', '#!/usr/bin/env rust-script\n// candor-ignore-file: generated\nfn f() {}\n'],
    ['csharp', '#!/usr/bin/env dotnet-script\n// candor-ignore-file: generated\nF();\n'],
    ['scala', '#!/usr/bin/env scala\n// candor-ignore-file: generated\ndef f = 1\n'],
    ['lines', '#!/usr/bin/env lua\n-- candor-ignore-file: generated\nf()\n'],
  ])('does not take the shebang of %s for code', async (language, text) => {
    expect((await read(text, language)).whole?.reason).toBe('generated');
  });

  it('takes an attribute of a whole Rust file for code', async () => {
    expect(await faults('#![no_std]\n// candor-ignore-file: late', 'rust')).toEqual([
      'after-code: // candor-ignore-file: late',
    ]);
  });

  it('takes a docstring for code', async () => {
    expect((await read('"""Doc."""\n# candor-ignore-file: generated\n', 'python')).whole).toBeNull();
  });

  it.each(['', ' ', ' ...', ' -- !?', ' */', ' 😀'])(
    'silences nothing for the reason %j, and says so',
    async (reason) => {
      const text = `/* candor-ignore:${reason} */ f();\ng();`;
      const comment = text.slice(0, text.indexOf('*/') + 2);
      expect(await read(text, 'javascript')).toEqual({
        whole: null,
        ranges: [],
        faults: [{ kind: 'no-reason', comment: { start: 0, end: comment.length } }],
      });
      expect(await faults(`# candor-ignore-file:${reason}\nf()`, 'python')).toHaveLength(1);
    },
  );

  it('misses the reason of a comment that is only the word, and takes other mentions for prose', async () => {
    expect(await faults('f() # candor-ignore', 'python')).toEqual(['no-reason: # candor-ignore']);
    const prose = [
      '// candor-ignore is the word',
      '// the word is candor-ignore',
      "// write 'candor-ignore: why' or `candor-ignore: why`",
      '// candor-ignored: all',
      '// xcandor-ignore: all',
      '// candor-ignore-next: all',
      '// Candor-Ignore: all',
    ];
    for (const line of prose) {
      expect([line, await read(`${line}\nf();`, 'javascript')]).toEqual([
        line,
        { whole: null, ranges: [], faults: [] },
      ]);
    }
  });

  it('reads the word behind other directives', async () => {
    expect(await silenced('f(); // NOLINT candor-ignore: seen: twice', 'c')).toEqual(['f(); :: seen: twice']);
  });

  it('tells a comment that no code follows', async () => {
    expect(await faults('f()\n# candor-ignore: seen\n', 'python')).toEqual(['no-code: # candor-ignore: seen']);
    expect(await faults('# candor-ignore: seen', 'python')).toEqual(['no-code: # candor-ignore: seen']);
  });

  it('lets the first comment speak for the file', async () => {
    const text = '# candor-ignore-file: one\n# candor-ignore-file: two\nf()';
    const suppressions = await read(text, 'python');
    expect(suppressions.whole?.reason).toBe('one');
    expect(suppressionAt(suppressions, text.length - 3, text.length)?.reason).toBe('one');
  });

  it('gives the innermost reason first', async () => {
    const text = '// candor-ignore: outer\nfunction f() {\n  a(); // candor-ignore: inner\n  b();\n}';
    const suppressions = await read(text, 'javascript');
    const reasonAt = (word: string): string | undefined =>
      suppressionAt(suppressions, text.indexOf(word), text.indexOf(word) + word.length)?.reason;
    expect([reasonAt('a();'), reasonAt('b();')]).toEqual(['inner', 'outer']);
  });

  it('does not reach over what the parser could not read', async () => {
    const text = '// candor-ignore: seen\n#!/usr/bin/java\nclass A {\n}\n';
    const { ranges } = await read(text, 'java');
    expect(text.slice(ranges[0]?.start, ranges[0]?.end)).not.toContain('class');
  });

  it.each<[string, readonly string[]]>([
    ['# candor-ignore: seen\n\n# a remark\nkey: 1\nother: 2', ['key: 1 :: seen']],
    ['key: 1 # candor-ignore: seen\nother: 2', ['key: 1 # candor-ignore: seen :: seen']],
    ['-- candor-ignore: seen\r\nSELECT 1;\r\nSELECT 2;', ['SELECT 1; :: seen']],
    ['<!-- candor-ignore: seen -->\n# Title\ntext', ['# Title :: seen']],
    ['/* candor-ignore: seen */ a { }\nb { }', ['/* candor-ignore: seen */ a { } :: seen']],
    ['a { } /* candor-ignore: seen */\nb { }', ['a { } /* candor-ignore: seen */ :: seen']],
    [
      '/* candor-ignore: one */ a {} /* candor-ignore: two */\nb',
      [
        '/* candor-ignore: one */ a {} /* candor-ignore: two */ :: one',
        '/* candor-ignore: one */ a {} /* candor-ignore: two */ :: two',
      ],
    ],
    [';; candor-ignore: seen\n(f)', ['(f) :: seen']],
    ['% candor-ignore: seen\nf(x).', ['f(x). :: seen']],
    ['(* candor-ignore: seen *)\nlet a = 1', ['let a = 1 :: seen']],
    ['{- candor-ignore: seen -}\na = 1', ['a = 1 :: seen']],
    ['say "# candor-ignore: no" and http://candor-ignore: no', []],
    ['candor-ignore: no sign', []],
  ])('reads a text without a grammar by line: %j', async (text, expected) => {
    expect(await silenced(text, 'lines')).toEqual(expected);
  });

  it('tells the faults of a text without a grammar', async () => {
    expect(await faults('# candor-ignore:\na\n# candor-ignore-file: late\n# candor-ignore: last', 'lines')).toEqual([
      'no-reason: # candor-ignore:',
      'after-code: # candor-ignore-file: late',
      'no-code: # candor-ignore: last',
    ]);
  });

  it.each(SAMPLES)('keeps its ranges in any stretch of $file, and in order', async ({ text, language }) => {
    const comment = suppressionComment(language, '', 'seen');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(text.length), fc.nat(text.length), async (a, b, c) => {
        const [from = 0, at = 0, to = 0] = [a, b, c].sort((x, y) => x - y);
        const cut = `${text.slice(from, at)}\n${comment}\n${text.slice(at, to)}`;
        const { ranges } = await read(cut, language);
        for (const range of ranges) {
          expect(range.start).toBeLessThan(range.end);
          expect(range.end).toBeLessThanOrEqual(cut.length);
          expect(cut.slice(range.comment.start, range.comment.end)).toContain('candor-ignore: seen');
        }
        expect(ranges.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 15 },
    );
  });
});
