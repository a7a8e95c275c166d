import { describe, expect, it } from 'vitest';
import { runCandor } from '../support/runCandor.ts';
import { randomGguf } from '../support/randomGgufFile.ts';
import { faultsOf } from '../support/schemas.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { fakeModelServer, fakeServer, sendJson } from '../unit/engines/openai/fakeServers.ts';

describe('candor engines', () => {
  const model = randomGguf();

  it('lists what is here and asks nobody', async () => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(), ['engines']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^bundled +runs here; the default\n[^]*^ngram +runs here\n/m);
    expect(stdout).toContain('--engine=llama --model=PATH');
    expect(stdout).toContain('--engine=openai --base-url=URL');
  });

  it('opens a model to see what it can do', async () => {
    const { code, stdout } = await runCandor(temporaryFolder(), ['engines', '--engine=llama', `--model=${model()}`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /llama +runs here; model [0-9a-f]{16}\n +computes on +cpu\n +scores a given text +yes, in one pass/,
    );
  });

  it('measures a server that is named, and remembers it', async () => {
    await using server = await fakeModelServer();
    const env = { ...process.env, XDG_CACHE_HOME: temporaryFolder() };
    const args = ['engines', `--base-url=${server.baseUrl}`];
    const first = await runCandor(temporaryFolder(), args, { env });
    expect(first.code).toBe(0);
    for (const line of [
      /models +tiny/,
      /in short +Scores any code, in one pass\./,
      /scores a given text +yes, in one pass/,
      /writes +yes, by completions/,
      /yes {2}raw/,
    ]) {
      expect(first.stdout).toMatch(line);
    }
    const asked = server.requests.length;
    const again = await runCandor(temporaryFolder(), args, { env });
    expect(again.stdout).toContain('in the last days');
    expect(server.requests.length - asked).toBeLessThan(asked);
  });

  it('names the models of a server that has several, and measures none unasked', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/models') sendJson(response, { data: [{ id: 'one' }, { id: 'two\u001b[31m' }, { id: 'three' }] });
      else sendJson(response, {}, 404);
    });
    const { code, stdout } = await runCandor(temporaryFolder(), ['engines', `--base-url=${server.baseUrl}`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/models +one, three/);
    expect(stdout).toMatch(/not measured +name one/);
    expect(stdout).not.toContain('\u001b');
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('says it in JSON', async () => {
    await using server = await fakeModelServer();
    const args = ['engines', `--base-url=${server.baseUrl}`, '--format=json'];
    const { code, stdout } = await runCandor(temporaryFolder(), args);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { readonly servers: readonly object[] };
    expect(faultsOf('engines', document)).toEqual([]);
    expect(document.servers).toHaveLength(1);
  });

  it.each([
    ['a path', ['engines', 'a.ts'], 2, /takes no path/],
    ['a server that is not there', ['engines', '--base-url=http://127.0.0.1:9/v1'], 3, /cannot be reached/],
  ])('says what is wrong: %s', async (_, args, expected, message) => {
    const { code, stdout, stderr } = await runCandor(temporaryFolder(), args);
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
