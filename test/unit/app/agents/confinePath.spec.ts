import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { confinePath } from '../../../../src/app/agents/confinePath.ts';
import { realRoots } from '../../../../src/app/agents/realRoots.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const FILES = { 'a.ts': 'let a;\n', 'sub/b.ts': 'let b;\n' };

/** What a refusal says, with its reason. */
async function refusal(roots: readonly string[], asked: string): Promise<string> {
  const error: unknown = await confinePath(await realRoots(roots), asked).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!CandorError.is(error)) throw new Error(`${asked} was let in`);
  return `${error.reason}: ${error.message}`;
}

describe('confinePath', () => {
  it('takes files and folders, relative or absolute, and the root itself', async () => {
    const folder = temporaryFolder(FILES);
    const roots = await realRoots([folder]);
    for (const asked of ['a.ts', './a.ts', 'sub/../a.ts', join(folder, 'a.ts')])
      expect(await confinePath(roots, asked)).toEqual({ root: roots[0], path: join(folder, 'a.ts'), isFolder: false });
    for (const asked of ['.', folder, `${folder}/`, 'sub/..'])
      expect(await confinePath(roots, asked)).toEqual({ root: roots[0], path: folder, isFolder: true });
  });

  it('follows links that stay inside, and says where they lead', async () => {
    const folder = temporaryFolder(FILES);
    symlinkSync('sub', join(folder, 'link'), 'dir');
    const { path } = await confinePath(await realRoots([folder]), 'link/b.ts');
    expect(path).toBe(join(folder, 'sub/b.ts'));
  });

  it('takes a root by the name of a link to it, too', async () => {
    const [folder, other] = [temporaryFolder(FILES), temporaryFolder()];
    symlinkSync(folder, join(other, 'link'), 'dir');
    const roots = await realRoots([join(other, 'link')]);
    expect((await confinePath(roots, join(other, 'link/a.ts'))).path).toBe(join(folder, 'a.ts'));
    expect((await confinePath(roots, join(folder, 'a.ts'))).path).toBe(join(folder, 'a.ts'));
  });

  it('finds the innermost root, and the first that has a relative path', async () => {
    const [one, other] = [temporaryFolder(FILES), temporaryFolder({ 'c.ts': '', 'a.ts': '' })];
    const roots = await realRoots([one, join(one, 'sub'), other]);
    expect((await confinePath(roots, join(one, 'sub/b.ts'))).root).toBe(roots[1]);
    expect((await confinePath(roots, 'c.ts')).root).toBe(roots[2]);
    expect((await confinePath(roots, 'a.ts')).root).toBe(roots[0]);
  });

  it('refuses what lies outside in the very words for what is not there', async () => {
    const outside = temporaryFolder({ 'secret.ts': 'let s;\n' });
    const folder = join(temporaryFolder({ 'root/a.ts': '', 'rootless/x.ts': '', 'y.ts': '' }), 'root');
    symlinkSync(join(outside, 'secret.ts'), join(folder, 'file.ts'));
    symlinkSync(outside, join(folder, 'folder'), 'dir');
    symlinkSync('../y.ts', join(folder, 'up.ts'));
    const words = (name: string): string =>
      `not-found: ${name} is not there, or leads out of the roots. Name a file or a folder inside ${folder}.`;
    for (const asked of ['gone.ts', '../y.ts', '../rootless/x.ts', 'sub/../../y.ts', 'file.ts', 'folder', 'up.ts'])
      expect(await refusal([folder], asked)).toBe(words(JSON.stringify(asked)));
    for (const asked of [
      'folder/secret.ts',
      'folder/gone.ts',
      'a.ts/b',
      'a\0.ts',
      'x'.repeat(5_000),
      ''.padEnd(9, '../'),
    ])
      expect(await refusal([folder], asked)).toBe(words(JSON.stringify(asked)));
    const absolute = [
      join(outside, 'secret.ts'),
      join(outside, 'gone.ts'),
      '/',
      `${folder}less/x.ts`,
      join(folder, 'file.ts'),
    ];
    for (const asked of absolute)
      expect(await refusal([folder], asked)).toBe(words('The absolute path that was asked for'));
  });

  it.skipIf(process.platform === 'win32')('refuses what is neither a file nor a folder', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe.ts')]);
    symlinkSync('pipe.ts', join(folder, 'link.ts'));
    for (const asked of ['pipe.ts', 'link.ts'])
      expect(await refusal([folder], asked)).toMatch(/^unsupported: .*neither a file nor a folder/);
    symlinkSync('/dev/zero', join(folder, 'zero.ts'));
    expect(await refusal([folder], 'zero.ts')).toMatch(/^not-found: /);
    expect(await refusal([folder], '/dev/zero')).toMatch(/^not-found: /);
  });
});

describe('realRoots', () => {
  it('leaves out what is no folder, and what is there twice', async () => {
    const folder = temporaryFolder(FILES);
    const roots = await realRoots([folder, `${folder}/`, join(folder, 'a.ts'), join(folder, 'gone'), 'a\0']);
    expect(roots).toEqual([{ named: folder, real: folder }]);
  });
});
