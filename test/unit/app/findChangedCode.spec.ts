import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChangedCode } from '../../../src/app/findChangedCode.ts';
import { gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const FILES = { 'b.ts': 'let b;\n', 'a.py': 'a = 1\n', 'notes.txt': 'a\n', 'sub/c.go': 'package c\n', 'x.lua': 'a\n' };
const CHANGES = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, `${text}more\n`]));
const second = [{ firstLine: 1, endLine: 2 }];

describe('findChangedCode', () => {
  it('finds code that changed with its lines, and counts other files', async () => {
    const folder = gitRepository({ ...FILES, 'same.ts': '' });
    writeFiles(folder, { ...CHANGES, 'new.png': 'x', 'node_modules/m/index.js': 'm\n' });
    expect(await findChangedCode({ workspace: folder, folders: [folder] }, 'HEAD')).toEqual({
      files: [
        { path: 'a.py', language: 'python', changedLines: second },
        { path: 'b.ts', language: 'typescript', changedLines: second },
        { path: 'sub/c.go', language: 'go', changedLines: second },
        { path: 'x.lua', language: 'lines', changedLines: second },
      ],
      otherFileCount: 2,
    });
  });

  it('asks each folder of its own repository, and leaves out what lies outside', async () => {
    const root = temporaryFolder();
    const folders = ['two', 'one'].map((name) => join(root, name));
    for (const folder of folders) {
      cpSync(gitRepository(FILES), folder, { recursive: true });
      writeFiles(folder, CHANGES);
    }
    const { files, otherFileCount } = await findChangedCode(
      { workspace: root, folders: [folders[0]!, join(folders[1]!, 'sub')] },
      'HEAD',
    );
    expect(files.map(({ path }) => path)).toEqual([
      'one/sub/c.go',
      'two/a.py',
      'two/b.ts',
      'two/sub/c.go',
      'two/x.lua',
    ]);
    expect(otherFileCount).toBe(1);
  });

  it('counts nothing twice where one folder lies in another', async () => {
    const folder = gitRepository(FILES);
    writeFiles(folder, CHANGES);
    const { files, otherFileCount } = await findChangedCode(
      { workspace: folder, folders: [folder, join(folder, 'sub')] },
      'HEAD',
    );
    expect([files.length, otherFileCount]).toEqual([4, 1]);
  });

  it('leaves out what is excluded, generated or vendored', async () => {
    const files = { 'vendor/v.go': 'v\n', 'x.pb.go': 'x\n', 'doc/d.ts': 'd\n', 'ex/e.ts': 'e\n', 'mine.pb.go': 'm\n' };
    const folder = gitRepository({
      ...files,
      '.candorignore': 'doc\n',
      '.gitattributes': 'mine.pb.go -linguist-generated\n',
    });
    writeFiles(folder, Object.fromEntries(Object.entries(files).map(([path, text]) => [path, `${text}more\n`])));
    const changed = { changedLines: second, language: 'go' };
    const find = (workspace: string, ...folders: readonly string[]): ReturnType<typeof findChangedCode> =>
      findChangedCode({ workspace, folders, exclude: ['/ex/'] }, 'HEAD');
    expect((await find(folder, folder)).files).toEqual([
      { path: 'mine.pb.go', ...changed, isOwn: true },
      { path: 'vendor/v.go', ...changed, leftOut: 'vendored' },
      { path: 'x.pb.go', ...changed, leftOut: 'generated' },
    ]);
    // A folder that is named is asked about, whatever its name.
    expect((await find(folder, join(folder, 'vendor'))).files).toEqual([{ path: 'vendor/v.go', ...changed }]);
  });

  it('fails where a folder is in no repository, and where the signal is aborted', async () => {
    const folder = temporaryFolder();
    await expect(findChangedCode({ workspace: folder, folders: [folder] }, 'HEAD')).rejects.toMatchObject({
      reason: 'unsupported',
    });
    const reason = new Error('enough');
    const aborted = findChangedCode(
      { workspace: folder, folders: [gitRepository()] },
      'HEAD',
      AbortSignal.abort(reason),
    );
    await expect(aborted).rejects.toBe(reason);
  });
});
