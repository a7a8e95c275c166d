import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stagedLines } from '../../../src/history/stagedLines.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const TEN = Array.from({ length: 10 }, (_, line) => `line ${line}\n`).join('');

/** The lines that are staged, by path. */
async function staged(folder: string, indexFile?: string): Promise<Record<string, string>> {
  const files = await stagedLines(folder, indexFile);
  return Object.fromEntries(
    files.map(({ path, lines }) => [path, lines.map(({ firstLine, endLine }) => `${firstLine}-${endLine}`).join(' ')]),
  );
}

describe('stagedLines', () => {
  it('has the lines and the text of the index, whatever the disk holds', async () => {
    const folder = gitRepository({
      'a.ts': TEN,
      'b.ts': TEN,
      'sub/c.ts': TEN,
      'old.ts': TEN.toUpperCase(),
      'gone.ts': 'x',
    });
    const text = TEN.replace('line 4', 'é');
    writeFiles(folder, { 'a.ts': text, 'sub/c.ts': `x\n${TEN}`, 'new.ts': `\uFEFF${TEN}`, 'a.bin': '\0' });
    git(folder, 'mv', 'old.ts', 'ü "n".ts');
    git(folder, 'rm', '--quiet', 'gone.ts');
    git(folder, 'add', '--all');
    writeFiles(folder, { 'a.ts': `above\n${TEN}`, 'b.ts': `x\n${TEN}`, 'untracked.ts': TEN });
    rmSync(join(folder, 'new.ts'));
    expect(await staged(folder)).toEqual({ 'a.ts': '4-5', 'new.ts': '0-10', 'sub/c.ts': '0-1' });
    expect(await staged(join(folder, 'sub'))).toEqual({ 'c.ts': '0-1' });
    const texts = (await stagedLines(folder)).map((file) => file.text);
    expect(texts).toEqual([text, TEN, `x\n${TEN}`]);
  });

  it.each(['sha1', 'sha256'])('takes everything before the first commit, with %s', async (format) => {
    const folder = temporaryFolder({ 'a.ts': TEN, 'b.ts': TEN });
    git(folder, 'init', '--quiet', `--object-format=${format}`);
    expect(await staged(folder)).toEqual({});
    git(folder, 'add', 'a.ts');
    expect(await staged(folder)).toEqual({ 'a.ts': '0-10' });
  });

  it('reads the index that a commit is made of, if it is one of the repository', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    writeFiles(folder, { 'a.ts': `x\n${TEN}` });
    git(folder, 'add', 'a.ts');
    const other = join(folder, '.git', 'next-index');
    copyFileSync(join(folder, '.git', 'index'), other);
    git(folder, 'reset', '--quiet');
    expect(await staged(folder)).toEqual({});
    expect(await staged(folder, other)).toEqual({ 'a.ts': '0-1' });
    const foreign = gitRepository({ 'b.ts': TEN });
    expect(await staged(folder, join(foreign, '.git', 'index'))).toEqual({});
    expect(await staged(folder, '/nowhere/index')).toEqual({});
  });

  it('leaves out links, submodules, what was only told of, and what is in the middle of a merge', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    git(folder, 'checkout', '--quiet', '-b', 'other');
    writeFiles(folder, { 'a.ts': TEN.replace('line 4', 'theirs') });
    commitAll(folder);
    git(folder, 'checkout', '--quiet', 'main');
    writeFiles(folder, { 'a.ts': TEN.replace('line 4', 'ours') });
    commitAll(folder);
    expect(() => git(folder, 'merge', 'other')).toThrow();
    writeFiles(folder, { 'told.ts': TEN });
    git(folder, 'add', '--intent-to-add', 'told.ts');
    const link = git(folder, 'hash-object', '-w', 'told.ts').trim();
    const commit = git(folder, 'rev-parse', 'HEAD').trim();
    git(
      folder,
      'update-index',
      '--add',
      '--cacheinfo',
      `120000,${link},link.ts`,
      '--cacheinfo',
      `160000,${commit},mod`,
    );
    expect(await staged(folder)).toEqual({});
  });

  it('runs no filter that the repository names', async () => {
    const folder = gitRepository({ '.gitattributes': '*.ts filter=evil diff=evil\n', 'a.ts': TEN });
    writeFiles(folder, { 'a.ts': `x\n${TEN}` });
    git(folder, 'add', 'a.ts');
    const mark = join(temporaryFolder(), 'mark');
    for (const key of [
      'filter.evil.smudge',
      'filter.evil.clean',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'core.fsmonitor',
    ])
      git(folder, 'config', key, `touch ${mark}`);
    expect(await staged(folder)).toEqual({ 'a.ts': '0-1' });
    expect(existsSync(mark)).toBe(false);
  });

  it('fails where there is no repository', async () => {
    await expect(staged(temporaryFolder())).rejects.toMatchObject({ reason: 'unsupported' });
  });
});
