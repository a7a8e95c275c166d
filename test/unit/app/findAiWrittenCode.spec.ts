import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { findAiWrittenCode, type AiWrittenSearch } from '../../../src/app/findAiWrittenCode.ts';
import { openLedger } from '../../../src/ledger/openLedger.ts';
import { captureCode, type CapturedPiece } from '../../support/captureCode.ts';
import { commitAll, git, gitRepository } from '../../support/gitRepository.ts';
import { breaksOn, inProcessParser } from '../../support/inProcessParser.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const CLAUDE = 'Add things\n\nCo-authored-by: Claude <noreply@anthropic.com>';

const SALT = 's';

/** Asks git and a ledger; one that is not there unless it is given. */
function search(workspace: string, more: Partial<AiWrittenSearch> = {}): AiWrittenSearch {
  const ledger = join(temporaryFolder(), 'ledger.sqlite');
  return { workspace, folders: [workspace], ledger, salt: SALT, parser: inProcessParser, ...more };
}

describe('findAiWrittenCode by git', () => {
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
    expect(await findAiWrittenCode(search(folder, { exclude: ['doc'] }))).toEqual({
      files: [
        { path: 'a.py', language: 'python', origin: 'declared', changedLines: [{ firstLine: 1, endLine: 2 }] },
        { path: 'sub/c.go', language: 'go', ...whole },
        { path: 'vendor/v.go', language: 'go', ...whole, leftOut: 'vendored' },
      ],
      otherFileCount: 1,
    });
    expect((await findAiWrittenCode(search(folder, { folders: [join(folder, 'sub')] }))).files).toEqual([
      { path: 'sub/c.go', language: 'go', ...whole },
    ]);
  });

  it('leaves out files of which no line is left', async () => {
    const folder = gitRepository({ 'a.py': 'a = 1\n' });
    writeFiles(folder, { 'a.py': 'a = 2\n' });
    commitAll(folder, CLAUDE);
    writeFiles(folder, { 'a.py': 'a = 3\n' });
    commitAll(folder, 'Mend');
    expect(await findAiWrittenCode(search(folder))).toEqual({ files: [], otherFileCount: 0 });
  });

  it('says which files have a history that git does not have at hand', async () => {
    const folder = gitRepository({ 'a.py': 'a = 1\n', 'b.py': 'b = 1\n' });
    const blob = git(folder, 'rev-parse', 'HEAD:a.py').trim();
    writeFiles(folder, { 'a.py': 'a = 2\n', 'b.py': 'b = 2\n' });
    commitAll(folder, CLAUDE);
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    expect((await findAiWrittenCode(search(folder))).files).toMatchObject([
      { path: 'a.py', leftOut: 'not readable' },
      { path: 'b.py', origin: 'declared' },
    ]);
  });

  it('fails where a folder is in no repository, and where the signal is aborted', async () => {
    const folder = temporaryFolder();
    await expect(findAiWrittenCode(search(folder))).rejects.toMatchObject({
      reason: 'unsupported',
    });
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    const aborted = findAiWrittenCode(search(folder, { folders: [gitRepository()], signal }));
    await expect(aborted).rejects.toBe(reason);
  });
});

const HEAD = 'const half = (a) => a / 2;\n';
const WRITTEN = 'function area(width, height) {\n  return half(width * height);\n}\n';

describe('findAiWrittenCode by the ledger', () => {
  const lines = (firstLine: number, endLine: number): unknown => [{ firstLine, endLine }];

  /** A ledger that knows WRITTEN below HEAD in files of a workspace. */
  async function ledgerOf(workspace: string, ...pieces: readonly (Partial<CapturedPiece> & { path: string })[]) {
    const ledger = join(temporaryFolder(), 'candor', 'ledger.sqlite');
    const known = { workspace, language: 'javascript', text: HEAD + WRITTEN, written: WRITTEN } as const;
    await captureCode(
      ledger,
      SALT,
      pieces.map((piece) => ({ ...known, ...piece })),
    );
    return ledger;
  }

  it('adds lines that no commit names to those that one does, and files that git does not know', async () => {
    const folder = gitRepository({ 'a.js': HEAD });
    writeFiles(folder, { 'a.js': `its();\n${HEAD}` });
    commitAll(folder, CLAUDE);
    writeFiles(folder, {
      'a.js': `its();\n${HEAD}mine(1, 2);\n${WRITTEN}`,
      'new/b.js': HEAD + WRITTEN,
      'c.js': HEAD + WRITTEN,
      'd.md': HEAD + WRITTEN,
      'gone.js': HEAD,
      'empty.js': '',
      'vendor/v.js': HEAD + WRITTEN,
      'out/o.js': HEAD + WRITTEN,
    });
    const asked = ['a.js', 'new/b.js', 'd.md', 'gone.js', 'empty.js', 'vendor/v.js', 'out/o.js', 'deleted.js'];
    const ledger = await ledgerOf(folder, ...asked.map((path) => ({ path })));
    const progress = vi.fn();
    const found = await findAiWrittenCode(search(folder, { ledger, exclude: ['out'], onProgress: progress }));
    const known = { language: 'javascript', origin: 'declared' };
    expect(found).toEqual({
      files: [
        {
          path: 'a.js',
          ...known,
          changedLines: [
            { firstLine: 0, endLine: 1 },
            { firstLine: 3, endLine: 6 },
          ],
        },
        { path: 'new/b.js', ...known, changedLines: lines(1, 4) },
        { path: 'vendor/v.js', ...known, changedLines: lines(1, 4), leftOut: 'vendored' },
      ],
      otherFileCount: 1,
    });
    expect(progress).toHaveBeenLastCalledWith('asking the ledger', 6, 6);
    const below = await findAiWrittenCode(search(folder, { ledger, folders: [join(folder, 'new')] }));
    expect(below.files.map(({ path }) => path)).toEqual(['new/b.js']);
  });

  it('knows files by the folder that was open then, be it around the workspace or in it', async () => {
    const folder = gitRepository({ 'sub/a.js': HEAD + WRITTEN, 'sub/deep/b.js': HEAD + WRITTEN });
    const ledgers = await Promise.all([
      ledgerOf(dirname(folder), { path: `${folder.slice(dirname(folder).length + 1)}/sub/a.js` }),
      ledgerOf(join(folder, 'sub'), { path: 'a.js' }, { path: 'deep/b.js' }),
      ledgerOf('/elsewhere', { path: 'sub/a.js' }),
      // The same place from another folder is no place that anybody named.
      ledgerOf(join(folder, 'sub'), { path: 'sub/a.js' }),
    ]);
    const paths = ledgers.map(async (ledger) =>
      (await findAiWrittenCode(search(folder, { ledger }))).files.map(({ path }) => path),
    );
    expect(await Promise.all(paths)).toEqual([['sub/a.js'], ['sub/a.js', 'sub/deep/b.js'], [], []]);
  });

  it('needs no repository where the ledger knows code, and knows nothing by another salt', async () => {
    const folder = temporaryFolder({ 'a.js': HEAD + WRITTEN });
    const ledger = await ledgerOf(folder, { path: 'a.js' });
    expect((await findAiWrittenCode(search(folder, { ledger }))).files).toMatchObject([{ changedLines: lines(1, 4) }]);
    await expect(findAiWrittenCode(search(folder, { ledger, salt: 'another' }))).rejects.toMatchObject({
      reason: 'unsupported',
    });
    // Under another name nobody knows it, unless the editor that renamed it told the ledger.
    renameSync(join(folder, 'a.js'), join(folder, 'b.js'));
    await expect(findAiWrittenCode(search(folder, { ledger }))).rejects.toMatchObject({ reason: 'unsupported' });
  });

  it('forgets what a person says is theirs', async () => {
    const folder = gitRepository({ 'a.js': HEAD + WRITTEN });
    const path = await ledgerOf(folder, { path: 'a.js', id: 'mine' });
    const ledger = await openLedger(path);
    ledger.forgetAssessments(['mine']);
    ledger.close();
    expect((await findAiWrittenCode(search(folder, { ledger: path }))).files).toEqual([]);
  });

  it('judges unsaved texts as they are, with what git knows of the saved ones', async () => {
    const folder = gitRepository({ 'a.js': HEAD });
    writeFiles(folder, { 'a.js': `${HEAD}its();\n` });
    commitAll(folder, CLAUDE);
    const unsaved = `// top\n${HEAD}${WRITTEN}its();\n`;
    const ledger = await ledgerOf(folder, { path: 'a.js' });
    const openTexts = new Map([['a.js', unsaved]]);
    const { files } = await findAiWrittenCode(search(folder, { ledger, openTexts }));
    // `its();` moved from line 1 to line 5.
    expect(files).toEqual([
      { path: 'a.js', language: 'javascript', origin: 'declared', text: unsaved, changedLines: lines(2, 6) },
    ]);
  });

  it('goes by where the editor has followed a region to', async () => {
    const folder = gitRepository({ 'a.js': `${HEAD}${WRITTEN}// A copy:\n${WRITTEN}` });
    const ledger = await ledgerOf(folder, { path: 'a.js', id: 'one' });
    expect((await findAiWrittenCode(search(folder, { ledger }))).files).toEqual([]);
    const range = { assessment: 'one', start: HEAD.length, end: HEAD.length + WRITTEN.length };
    const followed = [{ path: 'a.js', ranges: [range] }];
    const { files } = await findAiWrittenCode(search(folder, { ledger, followed }));
    expect(files).toMatchObject([{ path: 'a.js', changedLines: lines(1, 4) }]);
  });

  it('says of which files it could not tell', async () => {
    const folder = gitRepository({ 'a.js': `${HEAD}${WRITTEN}`, 'b.js': `${HEAD}${WRITTEN}`, 'c.js': '\0' });
    const ledger = await ledgerOf(folder, { path: 'a.js' }, { path: 'b.js' }, { path: 'c.js' });
    writeFiles(folder, { 'b.js': `breaks();\n${HEAD}${WRITTEN}` });
    const parser = breaksOn('breaks', ['spans']);
    expect((await findAiWrittenCode(search(folder, { ledger, parser }))).files).toMatchObject([
      { path: 'a.js', changedLines: lines(1, 4) },
      { path: 'b.js', leftOut: 'not parsed' },
      { path: 'c.js', leftOut: 'binary' },
    ]);
  });

  it('asks git alone where the ledger cannot be read, and says so', async () => {
    const folder = gitRepository({ 'a.js': HEAD });
    writeFiles(folder, { 'a.js': `its();\n${HEAD}` });
    commitAll(folder, CLAUDE);
    const ledger = join(temporaryFolder({ 'ledger.sqlite': 'no database at all' }), 'ledger.sqlite');
    const onUnreadable = vi.fn();
    const { files } = await findAiWrittenCode(search(folder, { ledger, onUnreadable }));
    expect(files).toMatchObject([{ path: 'a.js', changedLines: lines(0, 1) }]);
    expect(onUnreadable).toHaveBeenCalledOnce();
    onUnreadable.mockClear();
    await findAiWrittenCode(search(folder, { onUnreadable }));
    expect(onUnreadable).not.toHaveBeenCalled();
  });
});
