import { describe, expect, it } from 'vitest';
import { recentCommits } from '../../../src/history/recentCommits.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('recentCommits', () => {
  it('lists commits, newest first, with the first paragraph of their messages on one line', async () => {
    const folder = gitRepository();
    const hashes = ['two  blanks', 'odd\nlines: é 漢 😀 "q"\n\nbody', '%H -- --all'].map((message) =>
      commitAll(folder, message),
    );
    const commits = await recentCommits(folder, 3);
    expect(commits).toEqual([
      { hash: hashes[2], subject: '%H -- --all', dateMs: 1_700_000_000_000 },
      { hash: hashes[1], subject: 'odd lines: é 漢 😀 "q"', dateMs: 1_700_000_000_000 },
      { hash: hashes[0], subject: 'two  blanks', dateMs: 1_700_000_000_000 },
    ]);
    expect(await recentCommits(folder, 9)).toHaveLength(4);
    expect(await recentCommits(folder, 0)).toEqual([]);
  });

  it('keeps to its form whatever the configuration says of logs', async () => {
    const folder = gitRepository({ 'a.ts': 'a\n' });
    const settings = {
      ...{ 'format.pretty': 'fuller', 'log.decorate': 'full', 'color.ui': 'always', 'log.showSignature': 'true' },
      ...{ 'log.date': 'iso', 'i18n.logOutputEncoding': 'UTF-16', 'log.diffMerges': 'on', 'log.follow': 'true' },
    };
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
    expect(await recentCommits(folder, 9)).toMatchObject([{ subject: 'a', dateMs: 1_700_000_000_000 }]);
  });

  it('has a commit without a message', async () => {
    const folder = gitRepository();
    git(folder, 'commit', '--allow-empty', '--allow-empty-message', '--message=');
    expect((await recentCommits(folder, 9)).map(({ subject }) => subject)).toEqual(['', 'a']);
  });

  it('finds none before the first', async () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    expect(await recentCommits(folder, 9)).toEqual([]);
  });

  it('says that there is no repository', async () => {
    await expect(recentCommits(temporaryFolder(), 9)).rejects.toMatchObject({ reason: 'unsupported' });
  });
});
