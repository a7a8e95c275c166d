import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAiAttribution } from '../../../src/history/aiAttribution.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const CLAUDE = 'Add things\n\nCo-authored-by: Claude <noreply@anthropic.com>';
const lines = (word: string, count: number): string =>
  Array.from({ length: count }, (_, line) => `${word} ${line}\n`).join('');

/** The lines that models wrote by path, in a word a range: first line and the one after the last. Files with none are told as ''. */
async function written(folder: string): Promise<Record<string, string>> {
  const attribution = await openAiAttribution(folder);
  onTestFinished(() => attribution.close());
  const found: Record<string, string> = {};
  for (const path of attribution.paths) {
    const ranges = (await attribution.linesOf(path)) ?? [];
    found[path] = ranges.map(({ firstLine, endLine }) => `${firstLine}-${endLine}`).join(' ');
  }
  return found;
}

function note(folder: string, commit: string, text: string): void {
  git(folder, 'notes', '--ref=ai', 'add', '--message', text, commit);
}

describe('openAiAttribution', () => {
  it('finds the lines of commits that name a tool, among those of people', async () => {
    const folder = gitRepository({ 'a.ts': lines('mine', 4), 'b.ts': lines('mine', 4) });
    writeFiles(folder, { 'a.ts': `${lines('mine', 2)}${lines('its', 3)}mine 2\nmine 3\n`, 'new.ts': lines('its', 2) });
    commitAll(folder, CLAUDE);
    writeFiles(folder, { 'a.ts': `first\n${lines('mine', 2)}its 0\nmended\nits 2\nmine 2\nmine 3\n` });
    commitAll(folder, 'Mend');
    expect(await written(folder)).toEqual({ 'a.ts': '3-4 5-6', 'new.ts': '0-2' });
  });

  it('knows authors, and takes what is not committed for nobody’s', async () => {
    const folder = gitRepository({ 'a.ts': 'mine\n' });
    writeFiles(folder, { 'a.ts': 'mine\nits\n' });
    git(folder, 'commit', '--quiet', '--all', '--message=a', '--author=Cursor Agent <cursoragent@cursor.com>');
    writeFiles(folder, { 'a.ts': 'new\nmine\nits\nnew\n', 'other.ts': 'new\n' });
    expect(await written(folder)).toEqual({ 'a.ts': '2-3' });
  });

  it('finds nothing where no commit names a tool, and before the first commit', async () => {
    expect(await written(gitRepository({ 'a.ts': 'mine\n' }))).toEqual({});
    const empty = temporaryFolder({ 'a.ts': 'mine\n' });
    git(empty, 'init', '--quiet');
    expect(await written(empty)).toEqual({});
  });

  it('follows files through renames, and what was moved or indented inside of them', async () => {
    const folder = gitRepository({ 'old.ts': lines('mine', 10) });
    writeFiles(folder, {
      'old.ts': `${lines('mine', 10)}${lines('a line of its own, long enough to be known again', 5)}`,
    });
    commitAll(folder, CLAUDE);
    mkdirSync(join(folder, 'sub'));
    renameSync(join(folder, 'old.ts'), join(folder, 'sub/new name ü.ts'));
    commitAll(folder, 'Rename');
    const indented = lines('  a line of its own, long enough to be known again', 5);
    writeFiles(folder, { 'sub/new name ü.ts': `${indented}${lines('mine', 10)}` });
    commitAll(folder, 'Move');
    expect(await written(folder)).toEqual({ 'sub/new name ü.ts': '0-5' });
    expect(await written(join(folder, 'sub'))).toEqual({ 'new name ü.ts': '0-5' });
  });

  it('looks into what merges brought, and gives those that only merge none of it', async () => {
    const folder = gitRepository({ 'a.ts': lines('mine', 6), 'b.ts': 'mine\n' });
    git(folder, 'switch', '--quiet', '--create', 'side');
    writeFiles(folder, { 'a.ts': `its\n${lines('mine', 6)}` });
    commitAll(folder, CLAUDE);
    writeFiles(folder, { 'a.ts': `its\n${lines('mine', 6)}mine at the end\n`, 'c.ts': 'mine\n' });
    commitAll(folder, 'More');
    git(folder, 'switch', '--quiet', 'main');
    writeFiles(folder, { 'b.ts': 'mine\nmine too\n' });
    commitAll(folder, 'Other');
    git(folder, 'merge', '--quiet', '--no-ff', '--message', CLAUDE, 'side');
    expect(await written(folder)).toEqual({ 'a.ts': '0-1', 'c.ts': '' });
  });

  it('leaves out what is gone, and counts lines that end with CRLF', async () => {
    const folder = gitRepository({ 'a.ts': 'mine\r\n' });
    writeFiles(folder, { 'a.ts': 'mine\r\nits\r\n', 'gone.ts': 'its\n', 'lost.ts': 'its\n' });
    commitAll(folder, CLAUDE);
    rmSync(join(folder, 'gone.ts'));
    commitAll(folder, 'Remove');
    rmSync(join(folder, 'lost.ts'));
    writeFiles(folder, { 'a.ts': 'mine\r\nits\r\nnew\r\n' });
    expect(await written(folder)).toEqual({ 'a.ts': '1-2' });
  });

  it('goes by the lines of a note where there is one, at the places that they have by now', async () => {
    const folder = gitRepository({ 'a.ts': lines('mine', 3) });
    writeFiles(folder, { 'a.ts': `${lines('mine', 3)}${lines('new', 6)}`, 'b.ts': lines('new', 4) });
    const both = commitAll(folder, CLAUDE);
    note(folder, both, 'a.ts\n  s_1::t_1 5-6,9\n  h_1 4\n---\n{"schema_version":"authorship/3.0.0"}');
    writeFiles(folder, { 'c.ts': lines('new', 4) });
    note(folder, commitAll(folder, 'No word of a tool'), '"c.ts"\n  s_1::t_1 2\n---\n{}');
    writeFiles(folder, { 'd.ts': lines('new', 2) });
    note(folder, commitAll(folder, CLAUDE), 'no note of git-ai');
    git(folder, 'mv', 'a.ts', 'z.ts');
    writeFiles(folder, { 'z.ts': `above\n${lines('mine', 3)}${lines('new', 6)}` });
    commitAll(folder, 'Rename');
    expect(await written(folder)).toEqual({ 'b.ts': '', 'c.ts': '1-2', 'd.ts': '0-2', 'z.ts': '5-7 9-10' });
  });

  it('does not take the oldest commit of a shallow clone for the author of all', async () => {
    const folder = gitRepository({ 'a.ts': lines('mine', 3) });
    writeFiles(folder, { 'b.ts': 'its\n' });
    commitAll(folder, CLAUDE);
    const clone = temporaryFolder();
    git(clone, 'clone', '--quiet', '--depth=1', `file://${folder}`, 'shallow');
    expect(await written(join(clone, 'shallow'))).toEqual({});
    git(join(clone, 'shallow'), 'fetch', '--quiet', '--unshallow');
    expect(await written(join(clone, 'shallow'))).toEqual({ 'b.ts': '0-1' });
  });

  it.skipIf(process.platform === 'win32')('has names as they are', async () => {
    const names = ['a "b".ts', 'c\\d.ts', 'e\tf.ts', ':(top)g.ts', '漢😀.ts'];
    const folder = gitRepository();
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, lines('its', 2)])));
    const commit = commitAll(folder);
    note(
      folder,
      commit,
      `${names.map((name) => `${name.includes(' ') ? `"${name}"` : name}\n  s_1 2\n`).join('')}---\n{}`,
    );
    expect(await written(folder)).toEqual(Object.fromEntries(names.map((name) => [name, '1-2'])));
  });

  it('fails outside of a repository, and where the signal is aborted', async () => {
    await expect(openAiAttribution(temporaryFolder())).rejects.toMatchObject({ reason: 'unsupported' });
    const reason = new Error('enough');
    await expect(openAiAttribution(gitRepository(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
