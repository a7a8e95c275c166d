import { describe, expect, it } from 'vitest';
import { runCandor } from '../support/runCandor.ts';
import { faultsOf } from '../support/schemas.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { fakeModelServer, fakeServer, sendJson } from '../unit/engines/openai/fakeServers.ts';

const TEXT = 'export const half = (width: number): number => width / 2; // café ☕\n';
const FILES = { 'a.ts': TEXT, 'b.py': 'def half(width):\n    return width / 2\n' };

describe('candor with --engine=openai', () => {
  it('scores each token of a file by the only model of the server', async () => {
    await using server = await fakeModelServer();
    const args = ['score', 'a.ts', '--engine=openai', `--base-url=${server.baseUrl}`, '--format=json', '--top=2'];
    const { code, stdout, stderr } = await runCandor(temporaryFolder(FILES), args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout) as { source: object; tokens: { text: string; logprobNats: number | null }[] };
    expect(faultsOf('score', document)).toEqual([]);
    expect(document.source).toMatchObject({ engine: 'openai', mode: 'teacher-forced', distribution: { kind: 'raw' } });
    expect(document.tokens.map(({ text }) => text).join('')).toBe(TEXT);
    expect(document.tokens.slice(1).every(({ logprobNats }) => logprobNats === -0.5)).toBe(true);
  });

  it('judges a folder, and sends nothing but what it judges', async () => {
    await using server = await fakeModelServer();
    const folder = temporaryFolder({ ...FILES, 'notes.txt': 'do not send this' });
    const args = ['audit', '--engine=openai', `--base-url=${server.baseUrl}`, '--model=tiny'];
    const { code, stdout } = await runCandor(folder, args);
    expect(code).toBe(0);
    expect(stdout).toContain('engine openai');
    expect(stdout).toContain('2 files judged');
    expect(JSON.stringify(server.requests)).not.toContain('do not send');
  });

  it('sends the key that is meant for the server, and never shows it', async () => {
    await using server = await fakeServer((_, response) => {
      sendJson(response, { error: { message: 'wrong key secret-one' } }, 401);
    });
    const args = ['score', 'a.ts', '--engine=openai', `--base-url=${server.baseUrl}`];
    const env = { CANDOR_API_KEY: 'secret-one', OPENAI_API_KEY: 'secret-two' };
    const { code, stdout, stderr } = await runCandor(temporaryFolder(FILES), args, { env: { ...process.env, ...env } });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/refused the key \(401\)/);
    expect(stderr).not.toContain('secret');
    expect(server.requests.every(({ headers }) => headers.authorization === 'Bearer secret-one')).toBe(true);
  });

  it('sends no key that was set for another server', async () => {
    await using server = await fakeModelServer();
    const args = ['engines', `--base-url=${server.baseUrl}`];
    await runCandor(temporaryFolder(), args, { env: { ...process.env, OPENAI_API_KEY: 'secret', CANDOR_API_KEY: '' } });
    expect(server.requests.length).toBeGreaterThan(5);
    expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it.each([
    ['no address', ['--engine=openai'], 2, /--base-url=URL/],
    ['an address for another engine', ['--base-url=http://127.0.0.1:9'], 2, /--base-url is not for the engine bundled/],
    ['a mixture of a server', ['--engine=openai', '--base-url=http://127.0.0.1:9', '--mix'], 2, /--mix is not for/],
    ['no address at all', ['--engine=openai', '--base-url=nonsense'], 2, /http:\/\//],
    ['a server that is not there', ['--engine=openai', '--base-url=http://127.0.0.1:9'], 3, /cannot be reached/],
  ])('says what is wrong: %s', async (_, args, expected, message) => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(FILES), ['audit', ...args]);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
