import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../../support/temporaryFolder.ts';
import { plannedStub } from './plannedStub.ts';

const NODE_MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const DOUBT = { text: '<=', expected: '<' };

type Files = Readonly<Record<string, string>>;

/** What a command says in a folder, and whether it went well. */
function run(
  folder: string,
  command: string,
  args: readonly string[],
): { readonly said: string; readonly ok: boolean } {
  // What runs this test is not what runs the stub.
  const foreign = /^(?:FORCE_COLOR|NODE_OPTIONS|NODE_TEST_CONTEXT|VITEST)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const options = { cwd: folder, encoding: 'utf8', env: { ...env, NO_COLOR: '1' }, timeout: 60_000 } as const;
  const ended = spawnSync(command, args, options);
  return { said: `${ended.stdout}${ended.stderr}`, ok: ended.status === 0 };
}

function isThere(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The files of a project with the stub in them, on the disk. */
async function writtenProject(
  files: Files,
): Promise<{ readonly folder: string; readonly test: string; readonly text: string }> {
  const { path, text } = await plannedStub(files, DOUBT);
  const plain = Object.fromEntries(Object.entries(files).map(([each, content]) => [each, content.replace('¦', '')]));
  const folder = temporaryFolder();
  for (const each of [...Object.keys(plain), path]) mkdirSync(dirname(join(folder, each)), { recursive: true });
  writeFiles(folder, { ...plain, [path]: text });
  return { folder, test: path, text };
}

/** Expects that a stub loads, and fails for what was not written; and that it goes well once all of that is. */
async function expectUnwritten(
  files: Files,
  command: (test: string) => readonly [string, readonly string[]],
  write: (text: string) => string,
  message = /Not written yet: value\./,
): Promise<void> {
  const { folder, test, text } = await writtenProject(files);
  const stub = run(folder, ...command(test));
  expect(stub.said).toMatch(message);
  expect(stub.ok).toBe(false);
  writeFiles(folder, { [test]: write(text) });
  const written = run(folder, ...command(test));
  expect(written.ok, written.said).toBe(true);
}

const TS = 'export function clamp(value: number, low: number): number {\n  return value <¦= low ? low : value;\n}\n';

/** The arguments and the result as a person would write them. */
function writtenIn(text: string, unwritten: (what: string) => string): string {
  return text
    .replace(unwritten('value'), '1')
    .replace(unwritten('low'), '2')
    .replace(unwritten('what clamp gives'), '2');
}

const inEcmaScript = (text: string): string => writtenIn(text, (what) => `unwritten('${what}')`);
const inPython = (text: string): string => writtenIn(text, (what) => `unwritten("${what}")`);

describe('a stub that is run', () => {
  it('fails with its plain words in vitest, until it is written', async () => {
    const vitest = join(NODE_MODULES, 'vitest/vitest.mjs');
    const files = { 'package.json': '{"type":"module","devDependencies":{"vitest":"5"}}', 'src/clamp.ts': TS };
    const { folder, test, text } = await writtenProject(files);
    symlinkSync(NODE_MODULES, join(folder, 'node_modules'), 'dir');
    const args = [vitest, 'run', '--root', folder];
    const stub = run(folder, process.execPath, args);
    expect(stub.said).toMatch(/Not written yet: value\./);
    expect(stub.said).toMatch(/1 failed/);
    writeFiles(folder, { [test]: inEcmaScript(text) });
    expect(run(folder, process.execPath, args).said).toMatch(/1 passed/);
  });

  it.each<[string, Files]>([
    ['a module', { 'package.json': '{"type":"module"}', 'clamp.js': TS.replaceAll(/: number/g, '') }],
    ['TypeScript', { 'package.json': '{"type":"module"}', 'src/clamp.ts': TS }],
    [
      'CommonJS',
      { 'package.json': '{}', 'clamp.js': `${TS.replaceAll(/: number|export /g, '')}module.exports = { clamp };\n` },
    ],
  ])('fails with its plain words in node:test, until it is written: %s', async (_, files) => {
    await expectUnwritten(files, (test) => [process.execPath, ['--test', test]], inEcmaScript);
  });

  const PY = 'def clamp(value, *, low):\n    return low if value <¦= low else value\n';

  it.skipIf(!isThere('python3', '--version'))(
    'fails with its plain words in unittest, until it is written',
    async () => {
      const files = { 'pkg/__init__.py': '', 'pkg/clamp.py': PY, 'tests/__init__.py': '' };
      const command = ['python3', ['-m', 'unittest', 'tests.test_clamp']] as const;
      await expectUnwritten(files, () => command, inPython);
    },
  );

  it.skipIf(!isThere('python3', '-m', 'pytest', '--version'))(
    'fails with its plain words in pytest, until it is written',
    async () => {
      const files = {
        'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
        'src/pkg/__init__.py': '',
        'src/pkg/clamp.py': PY.replace('def', 'async def'),
      };
      await expectUnwritten(files, () => ['python3', ['-m', 'pytest', '-q']], inPython);
    },
  );

  it.skipIf(!isThere('rustc', '--version'))('fails with its plain words in Rust, until it is written', async () => {
    const files = {
      'lib.rs':
        'struct Range { low: i32 }\n\nimpl Range {\n    fn clamp(&self, value: i32) -> i32 {\n        if value <¦= self.low { self.low } else { value }\n    }\n}\n',
    };
    const script = 'rustc --edition 2021 --test lib.rs -o tests && ./tests';
    await expectUnwritten(
      files,
      () => ['sh', ['-c', script]],
      (text) =>
        text
          .replace('todo!("write a Range")', 'Range { low: 2 }')
          .replace('todo!("write value")', '1')
          .replace(/todo!\("write what.*?\)"\)/, 'assert_eq!(result, 2)'),
      /not yet implemented: write a Range/,
    );
  });

  it.skipIf(!isThere('javac', '-version'))('fails with its plain words in Java, until it is written', async () => {
    const files = {
      'pom.xml': 'junit-jupiter',
      'src/main/java/a/Clamp.java':
        'package a;\n\nimport java.util.List;\n\npublic class Clamp {\n    public static int clamp(final int value, List<Integer> low) {\n        return value <¦= low.get(0) ? low.get(0) : value;\n    }\n}\n',
      // Stand for the parts of JUnit that a stub names.
      'junit/org/junit/jupiter/api/Test.java':
        'package org.junit.jupiter.api;\n@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)\npublic @interface Test {}\n',
      'junit/org/junit/jupiter/api/Assertions.java':
        'package org.junit.jupiter.api;\npublic class Assertions {\n  public static void assertEquals(int a, int b) { if (a != b) throw new AssertionError("differ"); }\n  public static void assertEquals(Object a, Object b) { if (!a.equals(b)) throw new AssertionError("differ"); }\n}\n',
      'junit/a/Run.java':
        'package a;\npublic class Run {\n  public static void main(String[] args) throws Throwable {\n    for (java.lang.reflect.Method method : ClampTest.class.getDeclaredMethods()) {\n      if (!method.isAnnotationPresent(org.junit.jupiter.api.Test.class)) continue;\n      method.setAccessible(true);\n      try { method.invoke(new ClampTest()); } catch (java.lang.reflect.InvocationTargetException e) { throw e.getCause(); }\n    }\n  }\n}\n',
    };
    const script = 'javac -d out $(find . -name "*.java") && java -cp out a.Run';
    await expectUnwritten(
      files,
      () => ['sh', ['-c', script]],
      (text) => writtenIn(text.replace('unwritten("low")', 'List.of(2)'), (what) => `unwritten("${what}")`),
    );
  });

  it.skipIf(!isThere('g++', '--version'))('fails with its plain words in C++, until it is written', async () => {
    const files = {
      'CMakeLists.txt': 'find_package(GTest)',
      'src/clamp.cpp':
        '#include "clamp.h"\nint range::clamp(const int &value, int low[1], int &&step) {\n  return value <¦= low[0] ? low[0] : value + step;\n}\n',
      'src/clamp.h': '#pragma once\nnamespace range { int clamp(const int &value, int low[1], int &&step = 0); }\n',
      // Stands for the parts of GoogleTest that a stub names.
      'stand-in/gtest/gtest.h':
        '#include <cstdio>\n#include <exception>\n#define TEST(A, B) static void test(); int main() { try { test(); } catch (const std::exception &e) { puts(e.what()); return 1; } } static void test()\n#define EXPECT_EQ(A, B) if ((A) != (B)) throw std::logic_error("differ")\n',
    };
    const script = 'g++ -std=c++17 -Wall -Istand-in src/clamp.cpp tests/clamp_test.cpp -o tests/run && tests/run';
    await expectUnwritten(
      files,
      () => ['sh', ['-c', script]],
      (text) =>
        text
          .replace('unwritten<const int &>("value")', '1')
          .replace(/auto &&low = .*;/, 'int low[] = {2};')
          .replace(/unwritten<int\s*&&>\("step"\)/, '0')
          .replace(/unwritten<decltype\(.*\)>\("what clamp gives"\)/, '2'),
    );
  });
});
