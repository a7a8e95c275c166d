import { chmodSync, existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAiAttribution } from '../../../src/history/aiAttribution.ts';
import { changedLines } from '../../../src/history/changedLines.ts';
import { recentCommits } from '../../../src/history/recentCommits.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const TEN = Array.from({ length: 10 }, (_, line) => `line ${line}\n`).join('');

/** What `cat` does, by the shell alone: nothing else need be on the path. */
const PASS_ON = 'while IFS= read -r line; do printf "%s\\n" "$line"; done';

/** A program that leaves a mark when somebody runs it, and the folder of its marks. */
function trap(): { command: (name: string) => string; marks: () => readonly string[]; clear: () => void } {
  const folder = temporaryFolder();
  return {
    command(name) {
      const script = join(folder, `${name}.sh`);
      const rest = ['clean', 'smudge'].includes(name) ? PASS_ON : 'exit 1';
      writeFiles(folder, { [`${name}.sh`]: `#!/bin/sh\n: > '${join(folder, `${name}.mark`)}'\n${rest}\n` });
      chmodSync(script, 0o755);
      return script;
    },
    marks: () => readdirSync(folder).filter((name) => name.endsWith('.mark')),
    clear() {
      for (const name of readdirSync(folder)) if (name.endsWith('.mark')) rmSync(join(folder, name));
    },
  };
}

/** Runs git in the way that is dangerous, whatever becomes of it. */
function tempt(folder: string, ...args: readonly string[]): void {
  try {
    git(folder, ...args);
  } catch {
    // The program that it ran told it nothing.
  }
}

describe.skipIf(process.platform === 'win32')('a hostile repository', () => {
  it('runs none of the programs that its configuration and attributes name', async () => {
    const { command, marks, clear } = trap();
    const folder = gitRepository({ 'a.ts': TEN, 'b.ts': TEN, 'c.ts': TEN, 'd.ts': TEN, 'plain.ts': TEN });
    const drivers = ['evil', 'Evil.Dotted', 'evil blank', 'é'];
    const settings: Record<string, string> = {
      'core.fsmonitor': command('fsmonitor'),
      'core.pager': command('pager'),
      'pager.diff-index': command('pager'),
      'pager.log': command('pager'),
      'core.hooksPath': temporaryFolder(),
      'core.editor': command('editor'),
      'core.sshCommand': command('ssh'),
      'core.askPass': command('askpass'),
      'diff.external': command('external'),
      'diff.evil.command': command('diff-command'),
      'diff.evil.textconv': command('textconv'),
      'gpg.program': command('gpg'),
      'log.showSignature': 'true',
      'alias.diff-index': `!${command('alias')}`,
      'alias.rev-parse': `!${command('alias')}`,
    };
    for (const driver of drivers) {
      settings[`filter.${driver}.clean`] = command('clean');
      if (driver === 'Evil.Dotted') settings[`filter.${driver}.process`] = command('process');
      settings[`filter.${driver}.smudge`] = command('smudge');
      settings[`filter.${driver}.required`] = 'true';
    }
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
    const hooks = Object.fromEntries(
      ['post-index-change', 'fsmonitor-watchman', 'pre-auto-gc', 'reference-transaction'].map((name) => [name, '']),
    );
    for (const name of Object.keys(hooks)) {
      writeFiles(join(folder, '.git/hooks'), { [name]: `#!/bin/sh\nexec '${command(`hook-${name}`)}'\n` });
      chmodSync(join(folder, '.git/hooks', name), 0o755);
    }
    git(folder, 'config', 'core.hooksPath', join(folder, '.git/hooks'));
    writeFiles(folder, {
      '.gitattributes': 'a.ts filter=evil diff=evil\nb.ts filter=Evil.Dotted diff=evil\nc.ts filter=é diff=evil\n',
      '.git/info/attributes': 'd.ts filter=evil diff=evil\n',
      'a.ts': `x\n${TEN}`,
      'b.ts': `x\n${TEN}`,
      'plain.ts': `x\n${TEN}`,
      'new.ts': TEN,
    });
    // Git must look inside these to see that nothing changed.
    utimesSync(join(folder, 'c.ts'), 1, 1);
    utimesSync(join(folder, 'd.ts'), 1, 1);

    // That the traps work: plain commands walk into them.
    for (const file of ['a.ts', 'plain.ts']) {
      tempt(folder, '-c', 'filter.Evil.Dotted.process=', 'diff', 'HEAD', '--', file);
    }
    tempt(folder, 'diff-index', '--patch', 'HEAD', '--', 'b.ts');
    tempt(folder, 'diff-index', '--patch', '--no-ext-diff', '--textconv', 'HEAD', '--', 'a.ts');
    const walkedInto = ['clean', 'diff-command', 'external', 'fsmonitor', 'process', 'textconv'];
    expect(marks()).toEqual(expect.arrayContaining(walkedInto.map((name) => `${name}.mark`)));
    const note = 'a.ts\n  s_1 1-3\nb.ts\n  s_1 1\n---\n{}';
    git(folder, '-c', 'core.hooksPath=/dev/null', 'notes', '--ref=ai', 'add', '--message', note, 'HEAD');
    clear();

    const files = await changedLines(folder, 'HEAD');
    expect(files.map(({ path, lines }) => [path, lines[0]?.endLine === 1])).toEqual([
      ['.gitattributes', false],
      ['a.ts', true],
      ['b.ts', true],
      ['new.ts', false],
      ['plain.ts', true],
    ]);
    expect(await recentCommits(folder, 9)).toHaveLength(1);
    const attribution = await openAiAttribution(folder);
    expect(await Promise.all(['a.ts', 'b.ts'].map((path) => attribution.linesOf(path)))).toEqual([
      [{ firstLine: 1, endLine: 4 }],
      [{ firstLine: 1, endLine: 2 }],
    ]);
    await attribution.close();
    expect(marks()).toEqual([]);
  });

  it('is refused where the name of a filter cannot be overridden', async () => {
    const { command, marks } = trap();
    const folder = gitRepository({ 'a.ts': TEN });
    git(folder, 'config', 'filter.a=b.clean', command('clean'));
    writeFiles(folder, { '.gitattributes': 'a.ts filter=a=b\n', 'a.ts': `x\n${TEN}` });
    await expect(changedLines(folder, 'HEAD')).rejects.toThrow(/filter named "a=b"/);
    expect(marks()).toEqual([]);
  });

  it('has filters without a name, and those of files that its configuration includes, emptied too', async () => {
    const { command, marks, clear } = trap();
    const folder = gitRepository({ 'a.ts': TEN, 'b.ts': TEN });
    writeFiles(folder, {
      '.git/more': `[FILTER "more"]\n\tClean = ${command('clean')}\n\trequired\n[filter ""]\n\tclean = ${command('unnamed')}\n`,
      '.gitattributes': 'a.ts filter=more\nb.ts filter=\n',
      'a.ts': `x\n${TEN}`,
      'b.ts': `x\n${TEN}`,
    });
    git(folder, 'config', 'includeIf.onbranch:main.path', 'more');
    tempt(folder, 'diff', 'HEAD');
    expect(marks()).toEqual(['clean.mark', 'unnamed.mark']);
    clear();
    expect(await changedLines(folder, 'HEAD')).toHaveLength(3);
    expect(marks()).toEqual([]);
  });

  it('enters no submodule', async () => {
    const { command, marks, clear } = trap();
    const folder = gitRepository({
      'a.ts': TEN,
      '.gitmodules': '[submodule "inner"]\n\tpath = inner\n\turl = ./inner\n',
    });
    writeFiles(folder, { 'inner/b.ts': TEN });
    git(join(folder, 'inner'), 'init', '--quiet');
    commitAll(join(folder, 'inner'));
    commitAll(folder);
    git(join(folder, 'inner'), 'config', 'filter.inner.clean', command('clean'));
    // Of the same length as before, so that git must look inside.
    writeFiles(folder, { 'inner/b.ts': TEN.toUpperCase(), 'inner/.gitattributes': '* filter=inner\n' });
    tempt(folder, 'diff', 'HEAD');
    expect(marks()).toEqual(['clean.mark']);
    clear();
    expect(await changedLines(folder, 'HEAD')).toEqual([]);
    expect(marks()).toEqual([]);
  });

  it('fetches nothing that is missing', async () => {
    const { command, marks, clear } = trap();
    const folder = gitRepository({ 'a.ts': TEN });
    const blob = git(folder, 'rev-parse', 'HEAD:a.ts').trim();
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const settings = {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.url': `ext::${command('ext')}`,
      'remote.origin.promisor': 'true',
      'remote.origin.uploadpack': command('uploadpack'),
      'protocol.ext.allow': 'always',
      'protocol.allow': 'always',
    };
    for (const [name, value] of Object.entries(settings)) git(folder, 'config', name, value);
    writeFiles(folder, { 'a.ts': `x\n${TEN}` });
    tempt(folder, 'diff', 'HEAD');
    expect(marks()).toEqual(['ext.mark']);
    clear();
    await expect(changedLines(folder, 'HEAD')).rejects.toThrow(/Git cannot read/);
    expect(marks()).toEqual([]);
    expect(existsSync(join(folder, '.git/FETCH_HEAD'))).toBe(false);
  });
});
