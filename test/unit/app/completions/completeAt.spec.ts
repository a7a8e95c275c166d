import { describe, expect, it } from 'vitest';
import { completeAt, type CompletionLimits } from '../../../../src/app/completions/completeAt.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { writingEngine, type WritingEngine } from './writingEngine.ts';

const PATHS = {
  python: 'app/a.py',
  typescript: 'src/a.ts',
  go: 'cmd/a.go',
  javascript: 'a.js',
  rust: 'src/a.rs',
  java: 'A.java',
  c: 'a.c',
  cpp: 'a.cpp',
  csharp: 'A.cs',
  ruby: 'a.rb',
  php: 'a.php',
  bash: 'a.sh',
  scala: 'A.scala',
  lines: 'a.lua',
};
const LIMITS: CompletionLimits = { mostUnits: 4_000, mostTokens: 200, mostLines: 20 };
const { signal } = new AbortController();

/** Completes a text at its `|`. */
async function complete(
  engine: WritingEngine,
  language: keyof typeof PATHS,
  marked: string,
  limits: Partial<CompletionLimits> = {},
): Promise<string | null> {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = {
    path: PATHS[language],
    language: language satisfies LanguageId | 'lines',
    text,
    offset,
    openTexts: [],
  };
  const completion = await completeAt(
    { engine, parser: inProcessParser },
    { ...place, limits: { ...LIMITS, ...limits } },
    signal,
  );
  if (completion !== null) {
    expect(completion.scored.text).toBe(completion.text);
    expect(completion.text).toBe(completion.text.trimEnd());
  }
  return completion === null ? null : completion.text;
}

type Row = readonly [name: string, language: keyof typeof PATHS, text: string, written: string, shown: string | null];

describe('a completion ends by syntax', () => {
  const rows: readonly Row[] = [
    [
      'with the block that it begins',
      'python',
      'def add(a, b):\n    |\n\nx = 1\n',
      'total = a + b\n    return total\n\n\ndef other(c):\n    return c\n',
      'total = a + b\n    return total',
    ],
    [
      'with the block after a header without a line of its own',
      'python',
      'def add(a, b):|\n',
      '\n    total = a + b\n    return total\n\nclass C:\n    pass\n',
      '\n    total = a + b\n    return total',
    ],
    [
      'with one statement where the block goes on',
      'python',
      'def f(a):\n    |\n    return b\n',
      'b = a\n    c = b\n    d = c\n',
      'b = a',
    ],
    [
      'with a statement and all its branches',
      'python',
      'def f(a):\n    b = 0\n    |\n',
      'if a:\n        b = 1\n    else:\n        b = 2\n    c = b\n    return c\n',
      'if a:\n        b = 1\n    else:\n        b = 2',
    ],
    [
      'with the statement that the caret stands in, and its block',
      'python',
      'def f(items):\n    n = 0\n    for item in |\n    return n\n',
      'items:\n        n += item\n        print(n)\n    n = 2\n    n = 3\n',
      'items:\n        n += item\n        print(n)',
    ],
    ['with a top-level statement', 'python', 'import os\n|\n', 'x = 1\ny = 2\nz = 3\n', 'x = 1'],
    [
      'with the body of a function',
      'typescript',
      'function add(a: number) {\n  |\n}\n',
      'const b = a;\n  return b;\n}\n\nfunction other() {\n  return 1;\n}\n',
      'const b = a;\n  return b;',
    ],
    [
      'with one statement of a body',
      'typescript',
      'function f(a: number) {\n  let b = 0;\n  |\n}\n',
      'if (a > 0) {\n    b = 1;\n  } else {\n    b = 2;\n  }\n  c();\n  d();\n',
      'if (a > 0) {\n    b = 1;\n  } else {\n    b = 2;\n  }',
    ],
    [
      'with a call chain over lines',
      'typescript',
      'const a = load();\nconst b = |\n',
      'a\n  .map((x) => x + 1)\n  .filter(Boolean);\nconst c = b;\nconst d = c;\n',
      'a\n  .map((x) => x + 1)\n  .filter(Boolean);',
    ],
    [
      'with an arrow function that the caret stands in',
      'typescript',
      'const f = (a: number) => |\n',
      '{\n  const b = a;\n  return b;\n};\n\nconst g = 1;\n',
      '{\n  const b = a;\n  return b;\n};',
    ],
    [
      'with the body of a function',
      'go',
      'package a\n\nfunc f(x int) error {\n\t|\n}\n',
      'if x > 0 {\n\t\treturn nil\n\t}\n\treturn g(x)\n}\n\nfunc h() {\n}\n',
      'if x > 0 {\n\t\treturn nil\n\t}\n\treturn g(x)',
    ],
    [
      'with one statement of a body',
      'go',
      'package a\n\nfunc f(x int) error {\n\ty := x\n\t|\n\treturn nil\n}\n',
      'if err := g(y); err != nil {\n\t\treturn err\n\t}\n\th(y)\n\ti(y)\n',
      'if err := g(y); err != nil {\n\t\treturn err\n\t}',
    ],
    [
      'with a function',
      'go',
      'package a\n\nfunc |\n',
      'f(x int) int {\n\treturn x\n}\n\nfunc g() {\n\treturn\n}\n',
      'f(x int) int {\n\treturn x\n}',
    ],
    [
      'by indentation without a grammar',
      'lines',
      'local x = 1\n|\n',
      'if x then\n  y()\nend\nz()\nw()\n',
      'if x then\n  y()\nend',
    ],
    [
      'by indentation, with a block',
      'lines',
      'function f(a)\n  |\nend\n',
      'local b = a\n  return b\nend\n\nfunction g()\nend\n',
      'local b = a\n  return b',
    ],
  ];
  it.each(rows)('%s: %s %j', async (_name, language, text, written, shown) => {
    const engine = writingEngine([written]);
    expect(await complete(engine, language, text)).toBe(shown);
    // The same where the engine cannot be stopped in time, and is asked but once.
    const short = writingEngine([written]);
    expect(await complete(short, language, text, { mostTokens: 60 })).toBe(shown);
  });

  it('and stops the engine there', async () => {
    const statement = 'x = 1\n';
    const others = Array.from({ length: 40 }, (_, index) => `y${index} = ${index}\n`).join('');
    const engine = writingEngine([statement + others]);
    expect(await complete(engine, 'python', 'import os\n|\n', { mostTokens: 300 })).toBe('x = 1');
    expect(engine.requests.length).toBe(1);
    expect(engine.written()).toBeLessThan(60);
  });
});

describe('the body of a function', () => {
  const rows: readonly Row[] = [
    [
      'and',
      'javascript',
      'function f(a) {\n  |\n}\n',
      'g(a);\n  return h(a);\n}\n\nfunction k() {\n}\n',
      'g(a);\n  return h(a);',
    ],
    ['and', 'rust', 'fn f(a: i32) {\n    |\n}\n', 'g(a);\n    h(a);\n}\n\nfn k() {\n}\n', 'g(a);\n    h(a);'],
    [
      'and',
      'java',
      'class A {\n  void f(int a) {\n    |\n  }\n}\n',
      'g(a);\n    h(a);\n  }\n\n  void k() {\n  }\n',
      'g(a);\n    h(a);',
    ],
    ['and', 'c', 'int f(int a) {\n  |\n}\n', 'g(a);\n  return a;\n}\n\nint k() {\n}\n', 'g(a);\n  return a;'],
    ['and', 'cpp', 'int f(int a) {\n  |\n}\n', 'g(a);\n  return a;\n}\n\nint k() {\n}\n', 'g(a);\n  return a;'],
    [
      'and',
      'csharp',
      'class A {\n  void F(int a) {\n    |\n  }\n}\n',
      'G(a);\n    H(a);\n  }\n\n  void K() {\n  }\n',
      'G(a);\n    H(a);',
    ],
    ['and', 'ruby', 'def f(a)\n  |\nend\n', 'g(a)\n  h(a)\nend\n\ndef k\nend\n', 'g(a)\n  h(a)'],
    [
      'and',
      'php',
      '<?php\nfunction f($a) {\n  |\n}\n',
      'g($a);\n  return h($a);\n}\n\nfunction k() {\n}\n',
      'g($a);\n  return h($a);',
    ],
    ['and', 'bash', 'f() {\n  |\n}\n', 'echo a\n  echo b\n}\n\nk() {\n  echo c\n}\n', 'echo a\n  echo b'],
    [
      'and',
      'scala',
      'def f(a: Int): Int = {\n  |\n}\n',
      'g(a)\n  h(a)\n}\n\ndef k(): Int = {\n  1\n}\n',
      'g(a)\n  h(a)',
    ],
  ];
  it.each(rows)('%s nothing else: %s', async (_name, language, text, written, shown) => {
    expect(await complete(writingEngine([written]), language, text)).toBe(shown);
  });
});

describe('one statement of a body', () => {
  const rows: readonly Row[] = [
    [
      '',
      'rust',
      'fn f(a: i32) {\n    b();\n    |\n}\n',
      'if a > 0 {\n        g(a);\n    }\n    h(a);\n    i(a);\n',
      'if a > 0 {\n        g(a);\n    }',
    ],
    [
      '',
      'java',
      'class A {\n  void f(int a) {\n    b();\n    |\n  }\n}\n',
      'int c = a;\n    d();\n    e();\n',
      'int c = a;',
    ],
    ['', 'c', 'int f(int a) {\n  b();\n  |\n}\n', 'for (;;) {\n    g(a);\n  }\n  h();\n', 'for (;;) {\n    g(a);\n  }'],
    [
      '',
      'ruby',
      'def f(a)\n  b\n  |\nend\n',
      'if a\n    g(a)\n  else\n    h\n  end\n  i\n  j\n',
      'if a\n    g(a)\n  else\n    h\n  end',
    ],
    ['', 'csharp', 'class A {\n  void F(int a) {\n    B();\n    |\n  }\n}\n', 'var c = a;\n    D();\n', 'var c = a;'],
    ['', 'php', '<?php\nfunction f($a) {\n  b();\n  |\n}\n', '$c = $a;\n  d();\n', '$c = $a;'],
    ['', 'bash', 'f() {\n  b\n  |\n}\n', 'if a; then\n    c\n  fi\n  d\n', 'if a; then\n    c\n  fi'],
  ];
  it.each(rows)('%s%s', async (_name, language, text, written, shown) => {
    expect(await complete(writingEngine([written]), language, text)).toBe(shown);
  });
});

describe('within a line', () => {
  const rows: readonly Row[] = [
    ['it ends with the line', 'typescript', 'foo(|, b);\n', 'a\nbar();\n', 'a'],
    ['what the line goes on with is left out', 'typescript', 'foo(|, b);\n', 'a, b);\nbar();\n', 'a'],
    ['it may be nothing', 'typescript', 'foo(|a, b);\n', '\nfoo();\n', null],
    ['closing brackets do not bind it', 'typescript', 'foo(|)\n', '{\n  a: 1,\n})\nbar();\nbaz();\n', '{\n  a: 1,\n}'],
    ['a bracket that is needed stays', 'typescript', 'bar(foo(|)\n', 'a)\n', 'a)'],
    ['quotes do not bind it', 'python', 'x = "|"\n', 'abc"\n', 'abc'],
    ['as in Go', 'go', 'package a\n\nfunc f() {\n\tg(|, 2)\n}\n', '1, 2)\n}\n', '1'],
  ];
  it.each(rows)('%s: %s %j', async (_name, language, text, written, shown) => {
    expect(await complete(writingEngine([written]), language, text)).toBe(shown);
  });
});

describe('what says nothing new', () => {
  const rows: readonly Row[] = [
    ['white space', 'python', 'x = 1\n|\n', '\n\n    \n', null],
    ['nothing', 'python', 'x = 1\n|\n', '', null],
    ['what follows', 'python', 'def f(a):\n    b = a\n    |\n    return b\n', 'return b\n', null],
    ['what follows on the line', 'typescript', 'foo(|);\n', ');\n', null],
    ['what follows, at its end', 'go', 'package a\n\nfunc f() {\n\t|\n\th()\n}\n', 'g()\n\th()\n}\n', 'g()'],
    ['the line before', 'python', 'x.append(1)\n|\n', 'x.append(1)\nx.append(1)\n', null],
    [
      'a line again and again',
      'python',
      'def f(x):\n    |\n',
      'x.append(1)\n    x.append(1)\n    x.append(1)\n    x.app',
      'x.append(1)',
    ],
    ['the beginning of a list that does not end', 'typescript', 'x = |\n', '{\n  a: 1,\n  a: 1,\n  a: 1,\n', null],
    [
      'lines again and again',
      'typescript',
      'function f() {\n  |\n}\n',
      'a(1);\n  b(2);\n  a(1);\n  b(2);\n  a(1);\n  b(2);\n',
      'a(1);\n  b(2);',
    ],
  ];
  it.each(rows)('%s is not shown: %s %j', async (_name, language, text, written, shown) => {
    expect(await complete(writingEngine([written]), language, text)).toBe(shown);
  });
});

describe('the limits', () => {
  const body = Array.from({ length: 30 }, (_, index) => `    x${index} = ${index}`)
    .join('\n')
    .trimStart();

  it('of lines leave whole statements', async () => {
    expect(await complete(writingEngine([body]), 'python', 'def f():\n    |\n', { mostLines: 3 })).toBe(
      'x0 = 0\n    x1 = 1\n    x2 = 2',
    );
    const nested = 'a();\n  if (b) {\n    c();\n    d();\n    e();\n  }\n';
    expect(await complete(writingEngine([nested]), 'typescript', 'function f() {\n  |\n}\n', { mostLines: 4 })).toBe(
      'a();',
    );
  });

  it('of tokens leave whole lines', async () => {
    expect(await complete(writingEngine([body]), 'python', 'def f():\n    |\n', { mostTokens: 16 })).toBe(
      'x0 = 0\n    x1 = 1',
    );
    expect(await complete(writingEngine(['x + y + z']), 'python', 'a = |\n', { mostTokens: 3 })).toBe('x +');
  });
});

describe('the engine', () => {
  it('sees both sides where it fills in the middle, and the prefix alone where it does not', async () => {
    const both = writingEngine(['1']);
    await complete(both, 'python', 'a = |\nb = 2\n');
    expect(both.requests[0]).toMatchObject({ prefix: 'a = ', suffix: '\nb = 2\n', maxTokens: 200, topK: 2 });
    const one = writingEngine(['1'], false);
    await complete(one, 'python', 'a = |\nb = 2\n');
    expect(one.requests[0]).not.toHaveProperty('suffix');
  });

  it('gets nothing of a file that may hold secrets', async () => {
    const engine = writingEngine(['1']);
    const request = {
      path: '.env',
      language: 'lines' as const,
      text: 'KEY=',
      offset: 4,
      openTexts: [],
      limits: LIMITS,
    };
    expect(await completeAt({ engine, parser: inProcessParser }, request, signal)).toBeNull();
    expect(engine.requests).toEqual([]);
  });

  it('must be able to write', async () => {
    const engine = writingEngine(['1']);
    const capabilities = { ...engine.capabilities, generate: false };
    const request = { path: 'a.py', language: 'python' as const, text: 'a', offset: 1, openTexts: [], limits: LIMITS };
    const asked = completeAt({ engine: { ...engine, capabilities }, parser: inProcessParser }, request, signal);
    await expect(asked).rejects.toMatchObject({ reason: 'unsupported' });
  });

  it('is stopped with the reason of the signal', async () => {
    const controller = new AbortController();
    const engine = writingEngine(['x = 1 + 2 + 3 + 4\n']);
    const request = { path: 'a.py', language: 'python' as const, text: 'a', offset: 1, openTexts: [], limits: LIMITS };
    const heard: string[] = [];
    const asked = completeAt({ engine, parser: inProcessParser }, request, controller.signal, (piece) => {
      heard.push(piece);
      if (heard.length === 3) controller.abort(new Error('enough of it'));
    });
    await expect(asked).rejects.toThrow('enough of it');
    expect(heard).toEqual(['x', ' ', '=']);
  });

  it('may fail', async () => {
    const engine = { ...writingEngine([]), generate: () => Promise.reject(new Error('no connection')) };
    await expect(complete(engine, 'python', 'a = |')).rejects.toThrow('no connection');
  });
});

describe('the tokens of a completion', () => {
  it('are those of the engine, and a cut one is unscored', async () => {
    const engine = writingEngine(['foo(a, bar)\nx()\n']);
    const text = 'y = \n';
    const request = { path: 'a.py', language: 'python' as const, text, offset: 4, openTexts: [], limits: LIMITS };
    const completion = await completeAt({ engine, parser: inProcessParser }, request, signal);
    expect(completion?.text).toBe('foo(a, bar)');
    expect([...(completion?.scored.tokens() ?? [])].map((token) => [token.text, token.logprobNats])).toEqual([
      ['foo', -0.1],
      ['(', -0.2],
      ['a', -0.3],
      [',', -0.4],
      [' ', -0.5],
      ['bar', -0.6],
      [')', -0.7],
    ]);
  });
});
