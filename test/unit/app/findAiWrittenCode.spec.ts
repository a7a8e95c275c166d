import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAiWrittenCode } from '../../../src/app/findAiWrittenCode.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const CLAUDE = 'Add things\n\nCo-authored-by: Claude <noreply@anthropic.com>';

describe('findAiWrittenCode', () => {
  it('finds code with the lines that models wrote, and counts other files', async () => {
    const folder = gitRepository({ 'a.py': 'a = 1\n', 'b.ts': 'let b;\n' });
    writeFiles(folder, {
      'a.py': 'a = 1\nits = 2\n',
      'notes.md': 'its\n',
      'vendor/v.go': 'package v\n',
      'doc/d.ts': 'its\n',
      'sub/c.go': 'package c\n',
    });
    commitAll(folder, CLAUDE);
    const whole = { changedLines: [{ firstLine: 0, endLine: 1 }], origin: 'declared' };
    expect(await findAiWrittenCode({ workspace: folder, folders: [folder], exclude: ['doc'] })).toEqual({
      files: [
        { path: 'a.py', language: 'python', origin: 'declared', changedLines: [{ firstLine: 1, endLine: 2 }] },
        { path: 'sub/c.go', language: 'go', ...whole },
        { path: 'vendor/v.go', language: 'go', ...whole, leftOut: 'vendored' },
      ],
      otherFileCount: 1,
    });
    expect((await findAiWrittenCode({ workspace: folder, folders: [join(folder, 'sub')] })).files).toEqual([
      { path: 'sub/c.go', language: 'go', ...whole },
    ]);
  });

  it('leaves out files of which no line is left', async () => {
    const folder = gitRepository({ 'a.py': 'a = 1\n' });
    writeFiles(folder, { 'a.py': 'a = 2\n' });
    commitAll(folder, CLAUDE);
    writeFiles(folder, { 'a.py': 'a = 3\n' });
    commitAll(folder, 'Mend');
    expect(await findAiWrittenCode({ workspace: folder, folders: [folder] })).toEqual({ files: [], otherFileCount: 0 });
  });

  it('says which files have a history that git does not have at hand', async () => {
    const folder = gitRepository({ 'a.py': 'a = 1\n', 'b.py': 'b = 1\n' });
    const blob = git(folder, 'rev-parse', 'HEAD:a.py').trim();
    writeFiles(folder, { 'a.py': 'a = 2\n', 'b.py': 'b = 2\n' });
    commitAll(folder, CLAUDE);
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect((await findAiWrittenCode({ workspace: folder, folders: [folder] })).files).toMatchObject([
      { path: 'a.py', leftOut: 'not readable' },
      { path: 'b.py', origin: 'declared' },
    ]);
  });

  it('fails where a folder is in no repository, and where the signal is aborted', async () => {
    const folder = temporaryFolder();
    await expect(findAiWrittenCode({ workspace: folder, folders: [folder] })).rejects.toMatchObject({
      reason: 'unsupported',
    });
    const reason = new Error('enough');
    const aborted = findAiWrittenCode({ workspace: folder, folders: [gitRepository()] }, AbortSignal.abort(reason));
    await expect(aborted).rejects.toBe(reason);
  });
});
