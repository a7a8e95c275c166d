import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../src/core/candorError.ts';
import { changedLines } from '../../../src/history/changedLines.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { randomNumbers } from '../../support/randomNumbers.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const TEN = Array.from({ length: 10 }, (_, line) => `line ${line}\n`).join('');
const ALL = `0-${Number.MAX_SAFE_INTEGER}`;

/** What changed in a word a range: first line and the one after the last. */
async function changed(folder: string, since = 'HEAD'): Promise<Record<string, string>> {
  const files = await changedLines(folder, since);
  expect(files.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort());
  return Object.fromEntries(
    files.map(({ path, lines }) => [path, lines.map(({ firstLine, endLine }) => `${firstLine}-${endLine}`).join(' ')]),
  );
}

const reasonOf = (reason: CandorError['reason']): unknown =>
  expect.objectContaining({ name: 'CandorError', reason }) as unknown;

describe('changedLines', () => {
  it('says nothing where nothing changed', async () => {
    expect(await changed(gitRepository({ 'a.ts': TEN }))).toEqual({});
  });

  it('does not wait for a pipe that a new link leads to', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, join(folder, 'link.ts'));
    expect(await changed(folder)).toEqual({});
  });

  it('finds lines that were changed and added, staged or not, and new files', async () => {
    const folder = gitRepository({
      'a.ts': TEN,
      'b.ts': TEN,
      'c.ts': TEN,
      'sub/d.ts': TEN,
      '.gitignore': 'ignored*\n',
    });
    writeFiles(folder, { 'a.ts': `first\n${TEN.replace('line 4', 'other').replace('line 5', 'other')}` });
    writeFiles(folder, { 'b.ts': `${TEN}more`, 'staged.ts': TEN, 'sub/d.ts': TEN.replace('line 9\n', 'other') });
    git(folder, 'add', 'b.ts', 'staged.ts');
    writeFiles(folder, { 'new.ts': TEN, 'ignored.ts': TEN, 'b.ts': `above\n${TEN}more` });
    expect(await changed(folder)).toEqual({
      'a.ts': '0-1 5-7',
      'b.ts': '0-1 11-12',
      'new.ts': ALL,
      'staged.ts': '0-10',
      'sub/d.ts': '9-10',
    });
  });

  it('compares with any commit by any of its names, and leaves out what only lost lines', async () => {
    const folder = gitRepository({ 'a.ts': TEN, 'b.ts': TEN });
    git(folder, 'tag', 'start');
    writeFiles(folder, { 'a.ts': TEN.replace('line 3', 'other'), 'b.ts': TEN.replace('line 3\n', '') });
    const second = commitAll(folder);
    expect(await changed(folder)).toEqual({});
    expect(await changed(folder, 'start')).toEqual({ 'a.ts': '3-4' });
    expect(await changed(folder, 'HEAD~1')).toEqual({ 'a.ts': '3-4' });
    expect(await changed(folder, second.slice(0, 12))).toEqual({});
  });

  it('keeps to the folder, and to its own paths', async () => {
    const folder = gitRepository({ 'a.ts': TEN, 'sub/b.ts': TEN, 'sub/deep/c.ts': TEN });
    writeFiles(folder, { 'a.ts': `x\n${TEN}`, 'sub/b.ts': `x\n${TEN}`, 'sub/deep/c.ts': `x\n${TEN}` });
    writeFiles(folder, { 'sub/new.ts': '', 'new.ts': '' });
    expect(await changed(join(folder, 'sub'))).toEqual({ 'b.ts': '0-1', 'deep/c.ts': '0-1', 'new.ts': ALL });
  });

  it('counts lines of code that look like the lines of a patch', async () => {
    const odd = '++ b/x\n-- a/x\n@@ -1 +1 @@\ndiff --git a/x b/x\n\\ No newline\n+\n-\n\n';
    const folder = gitRepository({ 'a.sql': `${odd}${TEN}${odd}`, 'b.ts': TEN });
    writeFiles(folder, { 'a.sql': `${odd}${odd}${TEN.replace('line 5', 'x')}@@ -1,9 +1,9 @@`, 'b.ts': `x\n${TEN}` });
    expect(await changed(folder)).toEqual({ 'a.sql': '8-16 21-22 26-27', 'b.ts': '0-1' });
  });

  it('counts right where the last line has no end', async () => {
    const folder = gitRepository({ 'a.ts': 'one\ntwo', 'b.ts': 'one\ntwo\n', 'c.ts': 'one\ntwo', 'd.ts': 'one\ntwo' });
    writeFiles(folder, { 'a.ts': 'one\n2', 'b.ts': 'one\n2', 'c.ts': 'one\n2\n3\n', 'd.ts': 'one\ntwo\n', 'e.ts': '' });
    expect(await changed(folder)).toEqual({ 'a.ts': '1-2', 'b.ts': '1-2', 'c.ts': '1-3', 'e.ts': ALL });
  });

  it('takes other line ends for no change, and another mode neither', async () => {
    const folder = gitRepository({ 'a.ts': TEN, 'b.ts': TEN });
    writeFiles(folder, { 'a.ts': TEN.replaceAll('\n', '\r\n').replace('line 2', 'other') });
    chmodSync(join(folder, 'b.ts'), 0o755);
    expect(await changed(folder)).toEqual({ 'a.ts': '2-3' });
  });

  it('follows a file that was renamed, with git or without', async () => {
    const folder = gitRepository({ 'a.ts': TEN, 'b.ts': TEN.toUpperCase() });
    git(folder, 'mv', 'a.ts', 'z.ts');
    git(folder, 'mv', 'b.ts', 'y.ts');
    writeFiles(folder, { 'z.ts': TEN.replace('line 7', 'other') });
    expect(await changed(folder)).toEqual({ 'z.ts': '7-8' });
    const plain = gitRepository({ 'a.ts': TEN });
    renameSync(join(plain, 'a.ts'), join(plain, 'z.ts'));
    // Git does not know yet that it is the same file.
    expect(await changed(plain)).toEqual({ 'z.ts': ALL });
  });

  it('leaves out what is deleted, linked, binary, or a repository of its own', async () => {
    const folder = gitRepository({ 'gone.ts': TEN, 'link.ts': TEN, 'a.bin': 'a\0b', 'b.ts': TEN, 'mod/x.ts': TEN });
    rmSync(join(folder, 'gone.ts'));
    rmSync(join(folder, 'link.ts'));
    symlinkSync('b.ts', join(folder, 'link.ts'));
    symlinkSync('b.ts', join(folder, 'new-link.ts'));
    writeFiles(folder, { 'a.bin': 'a\0c', 'new.bin': 'a\0c', 'b.ts': 'a\0c' });
    mkdirSync(join(folder, 'inner'));
    git(join(folder, 'inner'), 'init', '--quiet');
    writeFiles(folder, { 'inner/a.ts': TEN });
    commitAll(join(folder, 'inner'));
    expect(await changed(folder)).toEqual({});
    git(folder, 'add', 'inner');
    git(folder, 'commit', '--quiet', '--message=a');
    writeFiles(folder, { 'inner/a.ts': `x\n${TEN}`, 'inner/b.ts': TEN });
    commitAll(join(folder, 'inner'));
    expect(await changed(folder)).toEqual({});
    expect(await changed(join(folder, 'inner'), 'HEAD~1')).toEqual({ 'a.ts': '0-1', 'b.ts': '0-10' });
  });

  it.skipIf(process.platform === 'win32' || process.platform === 'darwin')('has names as they are', async () => {
    const names = [
      'a b.ts',
      'b"q".ts',
      'c\nd.ts',
      'e\tf.ts',
      'g\\h.ts',
      'ü漢😀.ts',
      ' -x.ts ',
      '\x01\x07\x7f.ts',
      'b/a/b.ts',
    ];
    const folder = gitRepository(Object.fromEntries(names.map((name) => [name, TEN])));
    for (const quotePath of ['true', 'false']) {
      git(folder, 'config', 'core.quotePath', quotePath);
      writeFiles(folder, Object.fromEntries(names.map((name) => [name, `x\n${TEN}`])));
      expect(await changed(folder)).toEqual(Object.fromEntries(names.map((name) => [name, '0-1'])));
    }
    writeFiles(folder, Object.fromEntries(names.map((name) => [`new/${name}`, TEN])));
    expect(await changed(join(folder, 'new'))).toEqual(Object.fromEntries(names.map((name) => [name, ALL])));
  });

  it('is not led astray by settings of how patches look', async () => {
    const folder = gitRepository({ 'a.ts': TEN, 'b c.ts': TEN });
    const settings = {
      ...{ 'diff.noprefix': 'true', 'diff.mnemonicPrefix': 'true', 'diff.context': '5', 'diff.interHunkContext': '9' },
      ...{
        'color.ui': 'always',
        'color.diff': 'always',
        'diff.renames': 'false',
        'diff.wordRegex': '.',
        'diff.colorMoved': 'zebra',
      },
      ...{
        'diff.orderFile': '/nowhere',
        'core.pager': 'false',
        'diff.suppressBlankEmpty': 'true',
        'diff.relative': 'false',
      },
    };
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
    writeFiles(folder, { 'a.ts': TEN.replace('line 3', 'x').replace('line 5', 'x'), 'b c.ts': `x\n${TEN}` });
    expect(await changed(folder)).toEqual({ 'a.ts': '3-4 5-6', 'b c.ts': '0-1' });
  });

  it.each(['sha1', 'sha256'])('reads a repository with %s', async (format) => {
    const folder = gitRepository({ 'a.ts': TEN }, `--object-format=${format}`);
    writeFiles(folder, { 'a.ts': `x\n${TEN}` });
    expect(await changed(folder)).toEqual({ 'a.ts': '0-1' });
  });

  it('finds lines in the middle of a merge, and of a file that git was only told of', async () => {
    const folder = gitRepository({ 'a.ts': TEN, 'b.ts': TEN });
    git(folder, 'checkout', '--quiet', '-b', 'other');
    writeFiles(folder, { 'a.ts': TEN.replace('line 4', 'theirs'), 'b.ts': `${TEN}theirs\n` });
    commitAll(folder);
    git(folder, 'checkout', '--quiet', 'main');
    writeFiles(folder, { 'a.ts': TEN.replace('line 4', 'ours') });
    commitAll(folder);
    expect(() => git(folder, 'merge', 'other')).toThrow();
    writeFiles(folder, { 'told.ts': TEN });
    git(folder, 'add', '--intent-to-add', 'told.ts');
    // Around the line of ours stand the markers and the line of theirs.
    expect(await changed(folder)).toEqual({ 'a.ts': '4-5 6-9', 'b.ts': '10-11', 'told.ts': '0-10' });
  });

  it('leaves no line out that is new, in a hundred random edits', async () => {
    const random = randomNumbers(5);
    const line = (): string => ['a', 'b', '', '+c', '-d', '+++ b/e', '@@ -1 +1 @@', '\\'][Math.floor(random() * 8)]!;
    const text = (): string => Array.from({ length: Math.floor(random() * 9) }, line).join('\n');
    const names = Array.from({ length: 100 }, (_, index) => `${index}.ts`);
    const [before, after] = [0, 1].map(() => new Map(names.map((name) => [name, `${text()}\n`])));
    const folder = gitRepository(Object.fromEntries(before!));
    writeFiles(folder, Object.fromEntries(after!));
    const found = new Map((await changedLines(folder, 'HEAD')).map(({ path, lines }) => [path, lines]));
    expect(found.size).toBeGreaterThan(50);
    for (const name of names) {
      const kept = after!.get(name)!.split('\n').slice(0, -1);
      for (const { firstLine, endLine } of found.get(name)?.toReversed() ?? [])
        kept.splice(firstLine, endLine - firstLine);
      // What did not change stood there before, in this order.
      let place = 0;
      for (const line of before!.get(name)!.split('\n')) if (line === kept[place]) place++;
      expect(kept.slice(place)).toEqual([]);
    }
  });

  it('reads a working tree that was added to a repository', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    const other = join(temporaryFolder(), 'tree');
    git(folder, 'worktree', 'add', '--quiet', other);
    writeFiles(other, { 'a.ts': `x\n${TEN}` });
    expect(await changed(other)).toEqual({ 'a.ts': '0-1' });
    expect(await changed(folder)).toEqual({});
  });

  it.each(['--output=x', '-p', '', 'no-such-branch', 'HEAD:a.ts', '^HEAD', 'HEAD..HEAD', 'HEAD\0', '0'.repeat(40)])(
    'says that %j is no commit',
    async (since) => {
      const folder = gitRepository({ 'a.ts': TEN });
      await expect(changedLines(folder, since)).rejects.toEqual(reasonOf('bad-call'));
      expect(existsSync(join(folder, 'x'))).toBe(false);
    },
  );

  it('says that there is no commit yet', async () => {
    const folder = temporaryFolder({ 'a.ts': TEN });
    git(folder, 'init', '--quiet');
    await expect(changedLines(folder, 'HEAD')).rejects.toEqual(reasonOf('bad-call'));
  });

  it('says that there is no repository, no working tree, or no folder', async () => {
    const folder = temporaryFolder({ 'a.ts': TEN });
    await expect(changedLines(folder, 'HEAD')).rejects.toThrow(/not in the working tree of a git repository/);
    await expect(changedLines(join(gitRepository(), '.git'), 'HEAD')).rejects.toEqual(reasonOf('unsupported'));
    await expect(changedLines(join(folder, 'gone'), 'HEAD')).rejects.toThrow(/cannot change to/);
  });

  it('says that there is no git', async () => {
    const path = process.env.PATH;
    process.env.PATH = temporaryFolder();
    try {
      await expect(changedLines(temporaryFolder(), 'HEAD')).rejects.toThrow(/Install git/);
    } finally {
      process.env.PATH = path;
    }
  });

  it('asks the folder, whatever repository the environment names', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    writeFiles(folder, { 'a.ts': `x\n${TEN}` });
    const variables = {
      GIT_DIR: join(gitRepository(), '.git'),
      GIT_INDEX_FILE: '/nowhere',
      GIT_EXTERNAL_DIFF: 'false',
    };
    Object.assign(process.env, variables);
    try {
      expect(await changed(folder)).toEqual({ 'a.ts': '0-1' });
    } finally {
      for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
    }
  });

  it('rejects with the reason of the signal when aborted, before or while git runs', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    const reason = new Error('enough');
    await expect(changedLines(folder, 'HEAD', AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const asked = changedLines(folder, 'HEAD', controller.signal);
    controller.abort('a word');
    await expect(asked).rejects.toBe('a word');
  });

  it('changes nothing in the repository, not even its index', async () => {
    const folder = gitRepository({ 'a.ts': TEN });
    const state = (): string => git(folder, 'rev-parse', 'HEAD') + git(folder, 'count-objects', '--verbose');
    const before = state();
    writeFiles(folder, { 'a.ts': TEN });
    writeFileSync(join(folder, '.git/index.lock'), '');
    expect(await changed(folder)).toEqual({});
    rmSync(join(folder, '.git/index.lock'));
    expect(state()).toBe(before);
  });
});
