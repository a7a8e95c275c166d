import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPatchedCode } from '../../../src/app/findPatchedCode.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const TEN = Array.from({ length: 10 }, (_, line) => `let line${line};\n`).join('');
const CHANGED = TEN.replace('line4', 'other');

/** What is to be judged, or why not, a word a file. */
async function found(folder: string, patch: string, folders = [folder]): Promise<Record<string, string>> {
  const { files, otherFileCount } = await findPatchedCode({ workspace: folder, folders }, Buffer.from(patch));
  const words = files.map(({ path, changedLines = [], leftOut }) => [
    path,
    leftOut ?? changedLines.map(({ firstLine, endLine }) => `${firstLine}-${endLine}`).join(' '),
  ]);
  return Object.fromEntries([...words, ...(otherFileCount > 0 ? [['others', `${otherFileCount}`]] : [])]) as Record<
    string,
    string
  >;
}

/** A patch to a file of ten lines. */
const patchTo = (name: string): string =>
  `--- a/${name}\n+++ b/${name}\n@@ -4,3 +4,3 @@\n let line3;\n-let line4;\n+let other;\n let line5;\n`;

describe('findPatchedCode', () => {
  it('takes what git diff says of files as they are now', async () => {
    const folder = gitRepository({
      'a.ts': TEN,
      'gone.ts': 'let gone;\n',
      'old.ts': TEN.toUpperCase(),
      'sub/b.py': TEN,
      'x.md': TEN,
    });
    git(folder, 'mv', 'old.ts', 'new.ts');
    git(folder, 'rm', '--quiet', 'gone.ts');
    writeFiles(folder, {
      'a.ts': CHANGED,
      'new.ts': `x\n${TEN.toUpperCase()}`,
      'sub/b.py': TEN.replace('let line9;\n', 'é'),
      'c.ts': TEN,
      'x.md': CHANGED,
      'ü b.ts': TEN,
      'p.bin': '\0',
      'q.ts': '\0',
    });
    commitAll(folder);
    const expected = {
      'a.ts': '4-5',
      'c.ts': '0-10',
      'new.ts': '0-1',
      'q.ts': 'binary',
      'sub/b.py': '9-10',
      'ü b.ts': '0-10',
      others: '2',
    };
    for (const options of [
      [],
      ['--no-prefix'],
      ['--unified=0'],
      ['--binary'],
      ['--src-prefix=i/', '--dst-prefix=w/'],
    ]) {
      expect(await found(folder, git(folder, 'diff', '--find-renames', ...options, 'HEAD~1'))).toEqual(expected);
    }
    expect(await found(folder, git(folder, 'diff', '-M', 'HEAD~1'), [join(folder, 'sub')])).toEqual({
      'sub/b.py': '9-10',
    });
    expect(await found(folder, git(folder, 'format-patch', '--stdout', '-1'))).toEqual(expected);
  });

  it('says what does not fit, and why', async () => {
    const folder = temporaryFolder({
      'ws/a.ts': CHANGED,
      'ws/old.ts': TEN,
      'ws/short.ts': 'let line3;\n',
      'out.ts': CHANGED,
      'ws/long.ts': CHANGED + ' '.repeat(1_000_000),
    });
    const workspace = join(folder, 'ws');
    symlinkSync(folder, join(workspace, 'up'), 'dir');
    symlinkSync('a.ts', join(workspace, 'link.ts'));
    const names = [
      'a.ts',
      'old.ts',
      'short.ts',
      'no.ts',
      '../out.ts',
      'sub/../../out.ts',
      'up/out.ts',
      '/etc/passwd',
      'link.ts',
      'long.ts',
      'node_modules/x.ts',
    ];
    expect(await found(workspace, names.map(patchTo).join(''))).toEqual({
      'a.ts': '4-5',
      'old.ts': 'not as patched',
      'short.ts': 'not as patched',
      'no.ts': 'not there',
      '../out.ts': 'outside the workspace',
      'up/out.ts': 'outside the workspace',
      '/etc/passwd': 'outside the workspace',
      'link.ts': 'not there',
      'long.ts': 'over 1 MB',
    });
  });

  it('takes other ends of lines for the same', async () => {
    const folder = temporaryFolder({ 'a.ts': CHANGED.replaceAll('\n', '\r\n'), 'b.ts': CHANGED });
    expect(await found(folder, patchTo('a.ts'))).toEqual({ 'a.ts': '4-5' });
    expect(await found(folder, patchTo('b.ts').replaceAll('\n', '\r\n'))).toEqual({ 'b.ts': '4-5' });
  });

  it.skipIf(process.platform === 'win32')('takes what diff -u says', async () => {
    const folder = temporaryFolder({ 'a.ts': TEN, 'new.ts': CHANGED });
    let patch = '';
    try {
      execFileSync('diff', ['-u', '--label=a.ts\t2024-01-01', '--label=a.ts\t2024-01-02', 'a.ts', 'new.ts'], {
        cwd: folder,
      });
    } catch (error) {
      patch = String((error as { readonly stdout: Buffer }).stdout);
    }
    writeFiles(folder, { 'a.ts': CHANGED });
    expect(await found(folder, patch)).toEqual({ 'a.ts': '4-5' });
  });

  it('finds nothing in nothing, and refuses what is no patch', async () => {
    const folder = temporaryFolder();
    expect(await found(folder, '')).toEqual({});
    expect(await found(folder, '\n')).toEqual({});
    await expect(found(folder, 'hello\n')).rejects.toMatchObject({ reason: 'bad-input' });
  });
});
