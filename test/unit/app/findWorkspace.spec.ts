import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findWorkspace } from '../../../src/app/findWorkspace.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const FILES = {
  'repo/.git/HEAD': '',
  'repo/src/a.ts': '',
  'repo/src/deep/b.ts': '',
  'repo/docs/c.md': '',
  'plain/a/x.ts': '',
  'plain/a/y.ts': '',
  'plain/b/z.ts': '',
  'plain-2/a.ts': '',
};

describe('findWorkspace', () => {
  it.each([
    ['the repository around a file', ['repo/src/deep/b.ts'], 'repo'],
    ['the repository around a folder', ['repo/src'], 'repo'],
    ['the repository itself', ['repo'], 'repo'],
    ['the repository around several', ['repo/src/a.ts', 'repo/docs'], 'repo'],
    ['outside of any the folder of a file', ['plain/a/x.ts'], 'plain/a'],
    ['outside of any the folder that is named', ['plain/a'], 'plain/a'],
    ['outside of any the innermost folder that holds them all', ['plain/a/x.ts', 'plain/b'], 'plain'],
    ['a folder whose name begins like another', ['plain', 'plain-2'], ''],
    ['the folder of a file that is not there', ['plain/a/missing.ts'], 'plain/a'],
  ])('is %s', (_, paths, expected) => {
    const root = temporaryFolder(FILES);
    expect(findWorkspace(paths.map((path) => join(root, path)))).toBe(join(root, expected));
  });

  it('takes a submodule, whose .git is a file, for a repository', () => {
    const root = temporaryFolder({
      'repo/.git/HEAD': '',
      'repo/sub/.git': 'gitdir: ../.git/modules/sub',
      'repo/sub/src/a.ts': '',
    });
    expect(findWorkspace([join(root, 'repo/sub/src/a.ts')])).toBe(join(root, 'repo/sub'));
  });
});
