import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCandor, type Outcome } from '../support/runCandor.ts';
import { commitAll, gitRepository } from '../support/gitRepository.ts';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { faultsOf } from '../support/schemas.ts';
import { temporaryFolder, writeFiles } from '../support/temporaryFolder.ts';

interface Document {
  readonly summary: {
    readonly files: number;
    readonly judgedFiles: number;
    readonly otherFiles: number;
    readonly regions: number;
    readonly skipped: object;
  };
  readonly files: readonly {
    readonly path: string;
    readonly language: string | null;
    readonly skipped?: string;
    readonly regions: readonly {
      readonly id: string;
      readonly origin: string;
      readonly name?: string;
      readonly start: { readonly line: number };
      readonly spans: readonly { readonly alternatives: readonly unknown[] }[];
    }[];
  }[];
}

/** The JSON result of a run that must go well and fit its schema. */
async function audited(cwd: string, ...args: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await runCandor(cwd, [
    'audit',
    '--engine=ngram',
    '--format=json',
    '--top=0',
    ...args,
  ]);
  expect({ code, stderr: stderr.replace(/[\d.]+ s\n$/, '_ s\n') }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^candor: \d+ files in _ s\n$/) as string,
  });
  const document: unknown = JSON.parse(stdout);
  expect(faultsOf('audit', document)).toEqual([]);
  return document as Document;
}

const FUNCTIONS = Array.from(
  { length: 4 },
  (_, index) => `function f${index}(a, b) {\n  return a + b * ${index};\n}\n`,
).join('');

/** How many regions a text report shows in full. */
const shown = ({ stdout }: Outcome): number => stdout.split('\n').filter((line) => /^ ?\d+\. /.test(line)).length;

describe('candor audit', () => {
  it('judges the sample workspace', async () => {
    const document = await audited(sampleFolder, `--workspace=${sampleFolder}`, '--top=2');
    expect(document.summary).toMatchObject({ files: 14, judgedFiles: 14, otherFiles: 1, skipped: {} });
    expect(new Set(document.files.map((file) => file.language))).toEqual(new Set(['TypeScript', 'Python', 'Go']));
  });

  it('takes the working folder when no path is named, and paths in it alike', async () => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS, 'sub/b.js': FUNCTIONS });
    const paths = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await audited(folder, ...args)).files.map((file) => file.path);
    expect(await paths()).toEqual(['a.js', 'sub/b.js']);
    expect(await paths('--workspace=.', 'sub')).toEqual(['sub/b.js']);
    expect(await paths('--workspace=.', join(folder, 'a.js'))).toEqual(['a.js']);
  });

  it('shows as many regions in full as asked, ten when not asked', async () => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS, 'b.js': FUNCTIONS, 'c.js': FUNCTIONS });
    expect(shown(await runCandor(folder, ['audit', '--engine=ngram', '--top=0']))).toBe(0);
    expect(shown(await runCandor(folder, ['audit', '--engine=ngram', '--top', '3']))).toBe(3);
    expect(shown(await runCandor(folder, ['audit', '--engine=ngram']))).toBe(10);
  });

  it('keeps the identities of regions from run to run for one user, and from others', async () => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS });
    const state = temporaryFolder();
    const ids = async (home: string): Promise<readonly string[]> => {
      const { stdout } = await runCandor(folder, ['audit', '--engine=ngram', '--format=json', '--top=0'], {
        env: { ...process.env, XDG_STATE_HOME: home },
      });
      return (JSON.parse(stdout) as Document).files.flatMap((file) => file.regions.map((region) => region.id));
    };
    expect(await ids(state)).toEqual(await ids(state));
    expect(await ids(state)).not.toEqual(await ids(temporaryFolder()));
  });

  it('judges only what changed since a commit, when asked', async () => {
    const folder = gitRepository({ 'a.js': FUNCTIONS, 'b.js': FUNCTIONS, 'sub/c.js': FUNCTIONS });
    const regions = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await audited(folder, ...args)).files.flatMap((file) =>
        file.regions.map(({ origin, name, start }) => `${file.path}:${start.line} ${name} ${origin}`),
      );
    expect(await regions('--diff')).toEqual([]);
    writeFiles(folder, { 'b.js': FUNCTIONS.replace('b * 2', 'b * a'), 'sub/d.js': 'function g() {}\n' });
    expect(await regions('--diff')).toEqual(['b.js:7 f2 diff', 'sub/d.js:0 g diff']);
    expect(await regions('--diff', 'sub')).toEqual(['sub/d.js:0 g diff']);
    commitAll(folder);
    expect(await regions('--diff')).toEqual([]);
    expect(await regions('--diff=HEAD~1', '.')).toEqual(['b.js:7 f2 diff', 'sub/d.js:0 g diff']);
    expect((await runCandor(folder, ['audit', '--engine=ngram', '--diff'])).stdout).toContain('0 files judged');
  });

  it('says what is wrong with a commit, or that there is no repository', async () => {
    const repository = gitRepository({ 'a.js': FUNCTIONS });
    const unknown = await runCandor(repository, ['audit', '--engine=ngram', '--diff=nowhere']);
    expect({ ...unknown, stdout: '' }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^candor: "nowhere" is no commit/) as string,
    });
    const none = await runCandor(temporaryFolder({ 'a.js': FUNCTIONS }), ['audit', '--engine=ngram', '--diff']);
    expect({ code: none.code, stderr: none.stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/git repository/) as string,
    });
  });

  it('reports an empty folder', async () => {
    const folder = temporaryFolder();
    expect((await audited(folder)).summary).toMatchObject({ files: 0, judgedFiles: 0, otherFiles: 0, regions: 0 });
    expect((await runCandor(folder, ['audit', '--engine=ngram'])).stdout).toContain('0 files judged');
  });

  it('reports a folder of nothing but binaries', async () => {
    const folder = temporaryFolder({ 'a.png': '\u0089PNG\0', 'b.ts': '\0\0\0', 'c.exe': 'MZ\0' });
    const { summary, files } = await audited(folder);
    expect(summary).toMatchObject({ files: 1, judgedFiles: 0, otherFiles: 2, skipped: { binary: 1 } });
    expect(files).toEqual([{ path: 'b.ts', language: 'TypeScript', skipped: 'binary', regions: [] }]);
  });

  it('takes a file of no known language by its lines, when it is named', async () => {
    const folder = temporaryFolder({ 'notes.xyz': 'one line\nanother line\n' });
    const { files } = await audited(folder, 'notes.xyz');
    expect(files).toMatchObject([{ path: 'notes.xyz', language: null, regions: [{ origin: 'file' }] }]);
    expect((await audited(folder)).files).toEqual([]);
  });

  it('goes round no loop of links', async () => {
    const folder = temporaryFolder({ 'sub/a.js': FUNCTIONS });
    symlinkSync('..', join(folder, 'sub/up'), 'dir');
    symlinkSync('me', join(folder, 'me'));
    expect((await audited(folder)).files.map((file) => file.path)).toEqual(['sub/a.js']);
  });

  it('judges text with emoji, CRLF and a byte order mark, broken code, and names that tempt a shell', async () => {
    const folder = temporaryFolder({
      'it\'s $(a) "b".js': '\uFEFF// 😀\r\nlet é = "👩‍💻";\r\n',
      'broken.ts': 'function ( { ] class => 漢 "\n',
      'lines.lua': 'local x = 1\n',
    });
    const { files, summary } = await audited(folder);
    expect(files.map((file) => [file.path, file.language])).toEqual([
      ['broken.ts', 'TypeScript'],
      ['it\'s $(a) "b".js', 'JavaScript'],
      ['lines.lua', null],
    ]);
    expect(summary.judgedFiles).toBe(3);
  });

  it.skipIf(process.platform === 'win32' || process.platform === 'darwin')(
    'shows hostile names harmless, and carries them whole in JSON',
    async () => {
      const name = 'a\u001B[31m\n1. fake\u202E.js';
      const folder = temporaryFolder({ [name]: FUNCTIONS });
      const { stdout } = await runCandor(folder, ['audit', '--engine=ngram', '--top=1']);
      expect(stdout).not.toContain('\u001B');
      expect(stdout).not.toContain('\u202E');
      expect(stdout).not.toMatch(/^1\. fake/m);
      expect((await audited(folder)).files[0]?.path).toBe(name);
    },
  );

  it.skipIf(process.platform === 'win32')('says what it may not read, and goes on', async (test) => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS, 'closed.js': FUNCTIONS, 'sub/b.js': FUNCTIONS });
    mkdirSync(join(folder, 'shut'));
    onTestFinished(() => {
      chmodSync(join(folder, 'shut'), 0o755);
    });
    for (const path of ['', 'a.js', 'sub', 'sub/b.js']) chmodSync(join(folder, path), 0o755);
    for (const path of ['closed.js', 'shut']) chmodSync(join(folder, path), 0o000);
    // The superuser may read everything, so then somebody else is asked.
    const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const probe = await runCandor('/', ['--version'], other).catch(() => null);
    if (probe?.code !== 0) test.skip('nobody else may run what is built here');
    const { code, stdout, stderr } = await runCandor(
      '/',
      ['audit', '--engine=ngram', folder, `--workspace=${folder}`, '--format=json', '--top=0'],
      other,
    );
    expect(stderr).toMatch(/^candor: 3 files in/);
    expect(code).toBe(0);
    const { files } = JSON.parse(stdout) as Document;
    expect(files.map((file) => [file.path, file.skipped])).toEqual([
      ['a.js', undefined],
      ['closed.js', 'not readable'],
      ['sub/b.js', undefined],
    ]);
    const named = await runCandor(
      '/',
      ['audit', '--engine=ngram', join(folder, 'shut'), `--workspace=${folder}`],
      other,
    );
    expect({ code: named.code, stderr: named.stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(/^candor: .*shut cannot be read/) as string,
    });
  });
});
