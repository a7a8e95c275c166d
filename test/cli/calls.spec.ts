import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCandor } from '../support/runCandor.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const MANIFEST = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const CODE = { 'a.ts': 'let a = 1;\n' };

describe('candor', () => {
  it('prints its version, that of the package', async () => {
    expect(await runCandor(temporaryFolder(), ['--version'])).toEqual({
      code: 0,
      stdout: `${MANIFEST.version}\n`,
      stderr: '',
    });
  });

  it.each(['--help', 'help', 'audit --help', 'score --help'])('prints how to call it when asked: %s', async (call) => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(), call.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      'candor audit',
      'candor score',
      '--format',
      '--out',
      '--top',
      '--engine',
      '--workspace',
      '--version',
      'Exit codes',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  it('prints how to call it on standard error when called without a command', async () => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(), []);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('candor audit');
  });

  it.each([
    ['an unknown command', ['judge'], '"judge"'],
    ['an unknown option', ['audit', '--frmat=json'], '--frmat'],
    ['an unknown option of score', ['score', 'a.ts', '--x'], '--x'],
    ['an unknown format', ['audit', '--format=xml'], '"xml"'],
    ['an unknown engine', ['audit', '--engine=gpt'], '"gpt"'],
    ['a number that is none', ['audit', '--top=many'], '--top=many'],
    ['a number below nothing', ['audit', '--top=-1'], '--top=-1'],
    ['an option without its value', ['audit', '--format'], '--format'],
    ['a path that does not exist', ['audit', 'gone.ts'], 'gone.ts does not exist'],
    ['one path of several that does not exist', ['audit', 'a.ts', 'gone'], 'gone does not exist'],
    ['a file to score that does not exist', ['score', 'gone.ts'], 'gone.ts does not exist'],
    ['a path outside of the workspace', ['audit', '--workspace=sub', 'a.ts'], 'outside the workspace'],
    ['a workspace whose name begins like the path', ['audit', '--workspace=a', 'a.ts'], 'outside the workspace'],
    ['a score of changes', ['score', '--diff', 'a.ts'], '--diff'],
    ['changes in a file', ['audit', '--diff', 'a.ts'], 'a.ts is no folder'],
    ['a score of nothing', ['score'], 'one file'],
    ['a score of two', ['score', 'a.ts', 'a.ts'], 'one file'],
    ['a score of a folder', ['score', '.'], 'is a folder'],
  ])('refuses %s in one line, with exit code 2', async (_, args, words) => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(CODE), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^candor: [^\n]+\n$/);
  });

  it.each([
    ['a file to score that is binary', { 'a.ts': '\0' }, ['score', 'a.ts'], 'binary'],
    ['a result that cannot be written', CODE, ['audit', '--out=no/such/folder/x'], 'cannot be written'],
    ['a result that would be written over a folder', CODE, ['score', 'a.ts', '--out=.'], 'cannot be written'],
  ])('fails with exit code 3 on %s', async (_, files, args, words) => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(files), args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^candor: [^\n]+\n$/);
  });

  it('fails with exit code 3, not with that of a gate, on a fault of its own', async () => {
    const fault = 'data:text/javascript,process.stdout.write = () => { throw new TypeError("a fault"); };';
    const { code, stderr } = await runCandor(temporaryFolder(), ['--version'], { nodeArgs: ['--import', fault] });
    expect(code).toBe(3);
    expect(stderr).toContain('a fault');
  });

  it('writes the result to a file when asked, and nothing to standard output', async () => {
    const folder = temporaryFolder(CODE);
    const { code, stdout } = await runCandor(folder, ['audit', '--format=json', '--out=result.json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
      files: [{ path: 'a.ts' }],
    });
  });

  it('shows no progress bar in a pipe, and no colours', async () => {
    const { stdout, stderr } = await runCandor(temporaryFolder(CODE), ['audit']);
    expect(stderr).toMatch(/^candor: 1 files in [\d.]+ s\n$/);
    expect(stdout).not.toContain('\u001B');
  });
});
