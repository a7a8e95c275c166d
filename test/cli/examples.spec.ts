import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readAuditOptions } from '../../src/cli/readAuditOptions.ts';
import { markdownReport } from '../../src/report/markdownReport.ts';
import { commitAll, git, gitRepository } from '../support/gitRepository.ts';
import { sarifFaults } from '../support/sarifSchema.ts';
import { judgedFile, reportOf } from '../support/someReport.ts';
import { temporaryFolder, writeFiles } from '../support/temporaryFolder.ts';

const ROOT = new URL('../../', import.meta.url);
const CLI = fileURLToPath(new URL('dist/cli.mjs', ROOT));
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

const CODE = 'function f(a, b) {\n  return a + b;\n}\n';

/** Candor as npm installs it. */
const INSTALLED = `exec "${process.execPath}" "${CLI}" "$@"`;

/** A repository that has Candor among what it depends on, or a script in its place. */
function repositoryWithCandor(files: Readonly<Record<string, string>>, script = INSTALLED): string {
  const folder = gitRepository({ ...files, 'package.json': '{ "private": true }\n', '.gitignore': 'node_modules\n' });
  writeFiles(folder, { 'node_modules/.bin/candor': `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, 'node_modules/.bin/candor'), 0o755);
  return folder;
}

/** What a command of the shell says and how it ends; state and caches are its own. */
function shell(
  folder: string,
  script: string,
  env: NodeJS.ProcessEnv = {},
): { readonly status: number | null; readonly said: string } {
  const homes = {
    XDG_STATE_HOME: temporaryFolder(),
    XDG_CACHE_HOME: temporaryFolder(),
    npm_config_cache: temporaryFolder(),
  };
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...homes, PATH, GIT_CONFIG_GLOBAL: '/dev/null', ...env },
  });
  return { status, said: stdout + stderr };
}

/** By exit code, whether a hook holds up a commit: for a gate and a wrong call, not for what Candor itself fails on. */
const HELD_UP: readonly (readonly [code: number, isHeldUp: boolean])[] = [
  [0, false],
  [1, true],
  [2, true],
  [3, false],
];

/** The arguments of each call of `candor audit` in a text. */
const calls = (text: string): readonly (readonly string[])[] =>
  Array.from(text.matchAll(/candor audit +([^\n|]*)/g), ([, args = '']) =>
    args
      .replaceAll(/ *(?:>&2|"\$@")? *$/g, '')
      .replaceAll('"$LINK_BASE"', 'https://example.org/')
      .replaceAll(/"/g, '')
      .split(/ +/),
  );

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Workflow {
  readonly permissions: object;
  readonly jobs: Record<string, { readonly permissions: object; readonly steps: readonly Step[] }>;
}

describe.skipIf(process.platform === 'win32')('the git hook', () => {
  it('says what to read of what is committed, and lets it pass, however it is committed', () => {
    const folder = repositoryWithCandor({ 'a.js': CODE, 'b.js': CODE });
    copyFileSync(fileURLToPath(new URL('docs/examples/pre-commit', ROOT)), join(folder, '.git/hooks/pre-commit'));
    const identity = 'git -c user.name=A -c user.email=a@example.org commit --message=x';
    writeFiles(folder, { 'a.js': CODE.replace('a + b', 'a - b'), 'b.js': CODE.replace('a + b', 'b - a') });
    git(folder, 'add', 'a.js');
    const staged = shell(folder, identity);
    expect(staged.status, staged.said).toBe(0);
    expect(staged.said).toContain('return a - b;');
    expect(staged.said).not.toContain('return b - a;');
    // Here git makes the commit of an index that is not the repository's.
    const all = shell(folder, `${identity} --all`);
    expect(all.status, all.said).toBe(0);
    expect(all.said).toContain('return b - a;');
    expect(all.said).not.toContain('return a - b;');
    writeFiles(folder, { 'a.js': CODE.replace('a + b', 'a * b'), 'b.js': CODE.replace('a + b', 'b * a') });
    git(folder, 'add', 'a.js');
    const some = shell(folder, `${identity} b.js`);
    expect(some.said).toContain('return b * a;');
    expect(some.said).not.toContain('return a * b;');
  });

  it.each(HELD_UP)('where candor ends with %i, the commit is held up: %s', (code, isHeldUp) => {
    const folder = repositoryWithCandor({ 'a.js': CODE }, `exit ${code}`);
    const { status } = shell(folder, `sh '${fileURLToPath(new URL('docs/examples/pre-commit', ROOT))}'`);
    expect(status !== 0).toBe(isHeldUp);
  });
});

describe.skipIf(process.platform === 'win32')('the hook for the framework', () => {
  it('is the same call, and runs', () => {
    const [hook] = load(read('.pre-commit-hooks.yaml')) as readonly [
      { readonly id: string; readonly entry: string; readonly pass_filenames: boolean },
    ];
    expect(hook).toMatchObject({ id: 'candor', pass_filenames: false });
    const [call = ''] = /npx .* --top=5/.exec(hook.entry) ?? [];
    expect(call).toContain('candor audit');
    expect(read('docs/examples/pre-commit')).toContain(`\n${call} `);
    const folder = repositoryWithCandor({ 'a.js': CODE });
    writeFiles(folder, { 'a.js': CODE.replace('a + b', 'a - b') });
    git(folder, 'add', 'a.js');
    const { status, said } = shell(folder, hook.entry);
    expect(status, said).toBe(0);
    expect(said).toContain('return a - b;');
    // What a user configures as `args` comes behind.
    const { said: refused } = shell(folder, `${hook.entry} --top=many`);
    expect(refused).toContain('--top=many');
  });

  it.each(HELD_UP)('where candor ends with %i, the commit is held up: %s', (code, isHeldUp) => {
    const [{ entry }] = load(read('.pre-commit-hooks.yaml')) as readonly [{ readonly entry: string }];
    expect(shell(repositoryWithCandor({ 'a.js': CODE }, `exit ${code}`), entry).status !== 0).toBe(isHeldUp);
  });
});

describe('the hosted workflow', () => {
  const workflow = load(read('docs/examples/github-workflow.yml')) as Workflow;

  it('gives the job that runs code no right to write, and the one that writes no code to run', () => {
    const { audit, report } = workflow.jobs;
    expect(workflow.permissions).toEqual({});
    expect(audit?.permissions).toEqual({ contents: 'read' });
    expect(report?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write', 'security-events': 'write' });
    for (const { run } of report?.steps ?? []) expect(run ?? '').not.toMatch(/np[mx]|node /);
    // What others name comes by the environment, where a shell does not read it as a script.
    for (const { steps } of Object.values(workflow.jobs))
      for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  it.skipIf(process.platform === 'win32')('audits a change against the branch that it is for', () => {
    const upstream = repositoryWithCandor({ 'a.js': CODE });
    const folder = join(temporaryFolder(), 'clone');
    execFileSync('git', ['clone', '--quiet', upstream, folder], { stdio: 'pipe' });
    writeFiles(folder, { 'a.js': CODE.replace('a + b', 'a - b') });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commitAll(folder);
    writeFiles(folder, {
      'node_modules/.bin/candor': readFileSync(join(upstream, 'node_modules/.bin/candor'), 'utf8'),
    });
    chmodSync(join(folder, 'node_modules/.bin/candor'), 0o755);
    const script = workflow.jobs.audit?.steps.find(({ name }) => name === 'Audit')?.run ?? '';
    // The bundled model would take its time; what is tried is the call.
    const quick = script.replaceAll('candor audit', 'candor audit --engine=ngram');
    const { status, said } = shell(folder, quick, { BASE: 'main', LINK_BASE: 'https://example.org/o/n/blob/1/' });
    expect(status, said).toBe(0);
    expect(readFileSync(join(folder, 'candor.md'), 'utf8')).toContain('](https://example.org/o/n/blob/1/a.js#L2) `f`');
    expect(sarifFaults(JSON.parse(readFileSync(join(folder, 'candor.sarif'), 'utf8')))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32').each([
    ['passes', 'both reports are there and say which files failed', true, 3, 0],
    ['fails', 'no report is there', false, 3, 1],
    ['fails', 'a gate is not met', true, 1, 1],
  ])('%s where %s', (_ends, _why, writesReport, code, wanted) => {
    const write = 'for arg; do case "$arg" in --out=*) echo x > "${arg#--out=}";; esac; done\n';
    const folder = repositoryWithCandor({ 'a.js': CODE }, `${writesReport ? write : ''}exit ${code}`);
    const script = workflow.jobs.audit?.steps.find(({ name }) => name === 'Audit')?.run ?? '';
    expect(shell(folder, script, { BASE: 'main', LINK_BASE: 'https://example.org/' }).status).toBe(wanted);
    expect(existsSync(join(folder, 'candor.sarif'))).toBe(wanted === 0);
  });

  it.skipIf(process.platform === 'win32')(
    'writes one comment, and the same again, and none where there is nothing to read',
    () => {
      const script = workflow.jobs.report?.steps.find(({ name }) => name === 'Comment')?.run ?? '';
      const folder = temporaryFolder({
        // Says what it was asked; to the list of comments it answers with a number, or nothing.
        'bin/gh': '#!/bin/sh\nif [ "$2" = --paginate ]; then printf "%s" "$KNOWN"; else echo "$@"; fi\n',
        'read.md': markdownReport(reportOf([judgedFile('a.ts', CODE, [{ words: 'a' }])])),
        'nothing.md': markdownReport(reportOf([])),
      });
      chmodSync(join(folder, 'bin/gh'), 0o755);
      const say = (known: string, report: string): string => {
        const names = { KNOWN: known, COMMENTS: 'all', ONE: 'one', REPORT: report };
        const { status, said } = shell(folder, `PATH="${folder}/bin:$PATH"\n${script}`, names);
        expect(status, said).toBe(0);
        return said;
      };
      expect(say('', 'read.md')).toBe('api --silent --method POST all --field body=@read.md\n');
      expect(say('7\n8\n', 'read.md')).toBe('api --silent --method PATCH one/7 --field body=@read.md\n');
      expect(say('', 'nothing.md')).toBe('');
      expect(say('7\n', 'nothing.md')).toBe('api --silent --method PATCH one/7 --field body=@nothing.md\n');
    },
  );
});

describe('all examples', () => {
  it.each([
    'docs/examples/pre-commit',
    'docs/examples/github-workflow.yml',
    'docs/examples/README.md',
    '.pre-commit-hooks.yaml',
  ])('call candor as it can be called: %s', (path) => {
    const found = calls(read(path).replaceAll('`', '\n'));
    expect(found).not.toEqual([]);
    for (const args of found) expect(readAuditOptions(args).paths).toEqual([]);
  });

  it('are listed', () => {
    for (const [, path = ''] of read('docs/examples/README.md').matchAll(/\]\(([^)]+)\)/g))
      expect(existsSync(new URL(path, new URL('docs/examples/', ROOT))), path).toBe(true);
  });
});
