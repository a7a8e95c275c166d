import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addedLines } from '../../../src/history/linesOfPatch.ts';
import { patchPaths } from '../../../src/history/patchPaths.ts';
import { readPatch } from '../../../src/history/readPatch.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** Each file in a line: its path, `binary`, and the lines that it gets, first and behind the last. */
function read(patch: string): readonly string[] {
  const files = [...readPatch(Buffer.from(patch))];
  const paths = patchPaths(files);
  return files.map(({ isBinary, hunks }, index) =>
    [
      paths[index],
      ...(isBinary ? ['binary'] : []),
      ...hunks.flatMap(addedLines).map(({ firstLine, endLine }) => `${firstLine}-${endLine}`),
    ].join(' '),
  );
}

const HUNK = '@@ -1,3 +1,4 @@ function f\n one\n-two\n+2\n+zwei\n three\n';

describe('readPatch', () => {
  it.each([
    [
      'git',
      `diff --git a/src/x.ts b/src/x.ts\nindex 1..2 100644\n--- a/src/x.ts\n+++ b/src/x.ts\n${HUNK}`,
      'src/x.ts 1-3',
    ],
    ['git without prefixes', `diff --git src/x.ts src/x.ts\n--- src/x.ts\n+++ src/x.ts\n${HUNK}`, 'src/x.ts 1-3'],
    [
      'git with prefixes that say what they are',
      `diff --git i/x.ts w/x.ts\n--- i/x.ts\n+++ w/x.ts\n${HUNK}`,
      'x.ts 1-3',
    ],
    ['a folder that is called like a prefix', `--- b/x.ts\n+++ b/x.ts\n${HUNK}`, 'b/x.ts 1-3'],
    [
      'diff -u',
      `--- x.ts\t2024-01-01 10:00:00.000 +0100\n+++ x.ts\t2024-01-02 10:00:00.000 +0100\n${HUNK}`,
      'x.ts 1-3',
    ],
    ['a name with blanks', `diff --git a/a b.ts b/a b.ts\n--- a/a b.ts\t\n+++ b/a b.ts\t\n${HUNK}`, 'a b.ts 1-3'],
    ['a name in quotes', `--- "a/\\303\\274\\t\\".ts"\n+++ "b/\\303\\274\\t\\".ts"\n${HUNK}`, 'ü\t".ts 1-3'],
    [
      'a rename',
      `diff --git a/x.ts b/y.ts\nsimilarity index 90%\nrename from x.ts\nrename to y.ts\n--- a/x.ts\n+++ b/y.ts\n${HUNK}`,
      'y.ts 1-3',
    ],
    ['a mere rename', 'diff --git a/x.ts b/y.ts\nsimilarity index 100%\nrename from x.ts\nrename to y.ts\n', ''],
    [
      'a new file',
      'diff --git a/x.ts b/x.ts\nnew file mode 100644\n--- /dev/null\n+++ b/x.ts\n@@ -0,0 +1,2 @@\n+a\n+b\n',
      'x.ts 0-2',
    ],
    [
      'a deletion',
      'diff --git a/x.ts b/x.ts\ndeleted file mode 100644\n--- a/x.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n',
      '',
    ],
    ['a loss of lines', '--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1 @@\n a\n-b\n', 'x.ts'],
    [
      'no end of the last line',
      '--- a/x.ts\n+++ b/x.ts\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file\n',
      'x.ts 0-2',
    ],
    ['ends of lines of DOS', `--- a/x.ts\n+++ b/x.ts\n${HUNK}`.replaceAll('\n', '\r\n'), 'x.ts 1-3'],
    ['blanks that were taken away', '--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1,3 @@\n\n+a\n\n', 'x.ts 1-2'],
    [
      'words of a mail',
      `From 1 Mon Sep 17\nSubject: x\n\n---\n x.ts | 2 +-\n\ndiff --git a/x.ts b/x.ts\n--- a/x.ts\n+++ b/x.ts\n${HUNK}-- \n2.40\n`,
      'x.ts 1-3',
    ],
    [
      'code that looks like a patch',
      '--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1,2 @@\n--- a/no\n-@@ -1 +1 @@\n+++ b/no\n+diff --git a/no b/no\n',
      'x.ts 0-2',
    ],
    [
      'a binary file',
      'diff --git a/x.png b/x.png\nindex 1..2\nBinary files a/x.png and b/x.png differ\n',
      'x.png binary',
    ],
    ['a binary patch', 'diff --git a/x.png b/x.png\nindex 1..2\nGIT binary patch\nliteral 1\nIcmZ\n\n', 'x.png binary'],
    ['a change of mode', 'diff --git a/x.ts b/x.ts\nold mode 100644\nnew mode 100755\n', 'x.ts'],
    ['nothing', '', undefined],
  ])('reads %s', (_, patch, expected) => {
    expect(read(patch)[0]).toBe(expected);
  });

  it('tells files apart, with headers or without', () => {
    const one = `--- a/x.ts\n+++ b/x.ts\n${HUNK}`;
    const other = '--- a/y.ts\n+++ b/y.ts\n@@ -5,0 +6 @@\n+a\n@@ -8,0 +10,2 @@\n+b\n+c\n';
    expect(read(one + other)).toEqual(['x.ts 1-3', 'y.ts 5-6 9-11']);
    expect(read(`diff -u a/x.ts b/x.ts\n${one}Only in b: z\ndiff -u a/y.ts b/y.ts\n${other}`)).toEqual([
      'x.ts 1-3',
      'y.ts 5-6 9-11',
    ]);
    expect(read(`diff --git a/x.ts b/x.ts\n${one}diff --git a/y.ts b/y.ts\n${other}`)).toEqual([
      'x.ts 1-3',
      'y.ts 5-6 9-11',
    ]);
  });

  it('tells binary files apart, too', () => {
    const binary = (name: string): string => `Binary files a/${name} and b/${name} differ\n`;
    const header = (name: string): string => `diff --git a/${name} b/${name}\nindex 1..2 100644\n`;
    const code = `--- a/z.ts\n+++ b/z.ts\n${HUNK}`;
    const all = ['x.bin binary', 'y.bin binary', 'z.ts 1-3'];
    expect(read(binary('x.bin') + binary('y.bin') + code)).toEqual(all);
    expect(read(header('x.bin') + binary('x.bin') + header('y.bin') + binary('y.bin') + header('z.ts') + code)).toEqual(
      all,
    );
  });

  it.each([
    ['breaks off', '--- a/x.ts\n+++ b/x.ts\n@@ -1,3 +1,4 @@\n one\n'],
    ['has another line in a hunk', '--- a/x.ts\n+++ b/x.ts\n@@ -1,3 +1,4 @@\n one\nwhat\n three\n'],
    ['has more lines of a side than it says', '--- a/x.ts\n+++ b/x.ts\n@@ -1 +1,2 @@\n-one\n-two\n+a\n+b\n'],
    ['is of a merge', 'diff --cc x.ts\n--- a/x.ts\n+++ b/x.ts\n@@@ -1,1 -1,1 +1,1 @@@\n++a\n'],
  ])('refuses a patch that %s', (_, patch) => {
    expect(() => read(patch)).toThrow(expect.objectContaining({ name: 'CandorError', reason: 'bad-input' }) as Error);
  });

  it.skipIf(process.platform === 'win32')('finds what diff -u says, whatever the lines are', () => {
    const line = fc.constantFrom('a', 'b', '', '-- x', '++ y', '@@ -1 +1 @@', '\\', 'ü', '\r');
    const text = fc.array(line, { maxLength: 8 });
    const folder = temporaryFolder();
    fc.assert(
      fc.property(text, text, fc.boolean(), fc.nat(3), (before, after, ends, context) => {
        for (const [name, lines] of [
          ['old', before],
          ['new', after],
        ] as const)
          writeFileSync(join(folder, name), lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));
        const patch = diff(folder, context);
        const kept = [...after];
        for (const { hunks } of readPatch(patch)) {
          for (const { firstLine, lines } of hunks)
            expect(lines.map(({ bytes }) => Buffer.from(bytes, 'latin1').toString())).toEqual(
              after.slice(firstLine, firstLine + lines.length),
            );
          for (const { firstLine, endLine } of hunks.flatMap(addedLines).toReversed())
            kept.splice(firstLine, endLine - firstLine);
        }
        // What was not added stood there before, in this order.
        let place = 0;
        for (const one of before) if (one === kept[place]) place++;
        // The end of the file may be all that was added to the last line.
        expect(kept.length - place).toBeLessThanOrEqual(0);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

/** What `diff -u` writes; it ends with 1 where there is something to write. */
function diff(folder: string, context: number): Buffer {
  try {
    return execFileSync('diff', [`-U${context}`, 'old', 'new'], { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    return (error as { readonly stdout: Buffer }).stdout;
  }
}
