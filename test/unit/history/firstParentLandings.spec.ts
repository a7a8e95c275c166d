import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstParentLandings, type Landing } from '../../../src/history/firstParentLandings.ts';
import { openRepository } from '../../../src/history/openRepository.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const landingsOf = async (folder: string, name = 'HEAD'): Promise<readonly Landing[]> =>
  firstParentLandings(await openRepository(folder), name);

/** Each change as one word: + new, - deleted, ~ changed, old>new renamed. */
const changesOf = ({ changes }: Landing): readonly string[] =>
  changes.map(({ path, oldPath, oldBlob, newBlob }) => {
    if (oldPath !== undefined) return `${oldPath}>${path}`;
    return `${oldBlob === null ? '+' : newBlob === null ? '-' : '~'}${path}`;
  });

const LONG = Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join('');

describe('the landings of a history', () => {
  it('come oldest first, with what each changed', async () => {
    const folder = gitRepository({ 'a.js': 'a', 'b.js': LONG });
    writeFiles(folder, { 'a.js': 'b', 'ünïcode name.js': 'x' });
    const second = commitAll(folder, 'Second\n\nwith a body');
    renameSync(join(folder, 'b.js'), join(folder, 'c.js'));
    rmSync(join(folder, 'a.js'));
    commitAll(folder);
    const landings = await landingsOf(folder);
    expect(landings.map(changesOf)).toEqual([
      ['+a.js', '+b.js'],
      ['~a.js', '+ünïcode name.js'],
      ['-a.js', 'b.js>c.js'],
    ]);
    expect(landings[1]).toMatchObject({
      hash: second,
      parent: landings[0]!.hash,
      message: 'Second\n\nwith a body\n',
      committedAtMs: 1_700_000_000_000,
      authorAddress: 'a@example.org',
      brought: [],
    });
    expect(landings[0]!.parent).toBeNull();
    expect((await landingsOf(folder, second)).length).toBe(2);
  });

  it('of a merge have all that its branch brought, and its commits, once', async () => {
    const folder = gitRepository({ 'a.js': 'a' });
    git(folder, 'checkout', '--quiet', '-b', 'branch');
    writeFiles(folder, { 'b.js': 'b' });
    const one = commitAll(folder, 'one');
    writeFiles(folder, { 'c.js': 'c' });
    const two = commitAll(folder, 'two');
    git(folder, 'checkout', '--quiet', 'main');
    writeFiles(folder, { 'd.js': 'd' });
    commitAll(folder, 'main');
    git(folder, 'merge', '--quiet', '--no-ff', '--no-edit', 'branch');
    git(folder, 'merge', '--quiet', '--no-ff', '--no-edit', 'branch');
    const landings = await landingsOf(folder);
    expect(landings.map(changesOf)).toEqual([['+a.js'], ['+d.js'], ['+b.js', '+c.js']]);
    expect(new Set(landings[2]!.brought.map(({ hash }) => hash))).toEqual(new Set([one, two]));
  });

  it('leave links out, and take odd messages', async () => {
    const folder = gitRepository();
    symlinkSync('nowhere', join(folder, 'link.js'));
    writeFiles(folder, { 'line\nbreak.js': 'a', ':100644 x.js': 'b' });
    const odd = ':100644 100644 aaa bbb M\n\n\u0001\u0002 commit 0000';
    commitAll(folder, odd);
    const [, landing] = await landingsOf(folder);
    expect(changesOf(landing!).toSorted()).toEqual(['+:100644 x.js', '+line\nbreak.js']);
    expect(landing!.message.trim()).toBe(odd);
  });

  it('can be read from a bare repository', async () => {
    const folder = gitRepository({ 'a.js': 'a' });
    const bare = join(temporaryFolder(), 'bare');
    git(folder, 'clone', '--quiet', '--bare', '.', bare);
    expect((await landingsOf(bare)).map(changesOf)).toEqual([['+a.js']]);
  });

  it('can be read from a clone that lacks a file, where only equal files are seen to be renamed', async () => {
    const folder = gitRepository({ 'a.js': LONG, 'b.js': `b\n${LONG}` });
    renameSync(join(folder, 'a.js'), join(folder, 'c.js'));
    writeFiles(folder, { 'd.js': `d\n${LONG}` });
    rmSync(join(folder, 'b.js'));
    commitAll(folder);
    const blob = git(folder, 'rev-parse', 'HEAD:d.js').trim();
    rmSync(join(folder, '.git', 'objects', blob.slice(0, 2), blob.slice(2)));
    const [, landing] = await landingsOf(folder);
    expect(changesOf(landing!)).toEqual(['-b.js', 'a.js>c.js', '+d.js']);
  });

  it('need a commit', async () => {
    await expect(landingsOf(gitRepository(), 'nothing')).rejects.toMatchObject({ reason: 'bad-call' });
  });
});
