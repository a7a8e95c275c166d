import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listModels } from '../../../../src/engines/openai/listModels.ts';
import { openOpenaiEngine } from '../../../../src/engines/openai/openOpenaiEngine.ts';
import { probedServer } from '../../../../src/engines/openai/probedServer.ts';
import { probeMemory } from '../../../../src/engines/openai/probeMemory.ts';
import { createServerClient, type ServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { serverIdentity } from '../../../../src/engines/openai/serverIdentity.ts';
import { fakeLlamaServer } from './fakeLlamaServer.ts';
import { fakeModelServer, fakeServer, sendJson, type FakeServer } from './fakeServers.ts';

const KEY = 'sk-very-secret';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-probe-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function clientOf({ baseUrl }: FakeServer): ServerClient {
  return createServerClient({ baseUrl, apiKey: KEY, maxRetries: 0, timeoutMs: 2000 });
}

/** A server that knows some routes by GET. */
function serverWith(answers: Readonly<Record<string, unknown>>): Promise<FakeServer> {
  return fakeServer(({ url }, response) => {
    if (Object.hasOwn(answers, url)) sendJson(response, answers[url]);
    else sendJson(response, { error: 'not found' }, 404);
  });
}

describe('serverIdentity', () => {
  it.each([
    ['llama-server', 'b9000-abc', { '/props': { build_info: 'b9000-abc' }, '/api/version': { version: '9' } }],
    ['ollama', '0.12.11', { '/api/version': { version: '0.12.11' } }],
    ['vllm', '0.19.0', { '/version': { version: '0.19.0' } }],
    ['sglang', '0.5.1', { '/get_server_info': { version: '0.5.1', tokenizer_path: 'x' } }],
    ['sglang', null, { '/server_info': { internal_states: [] }, '/version': { version: '1' } }],
    ['lm-studio', null, { '/api/v0/models': { data: [{ id: 'a', state: 'loaded' }] } }],
    ['vllm', null, { '/version': { version: 'two\nlines' } }],
    ['unknown', null, { '/version': { version: 7 }, '/props': [], '/api/v0/models': { data: [{ id: 'a' }] } }],
    ['unknown', null, {}],
  ])('knows %s %s', async (kind, version, answers) => {
    await using server = await serverWith(answers);
    expect(await serverIdentity(clientOf(server))).toEqual({ kind, version });
  });

  it('rejects with the reason of the signal', async () => {
    await using server = await serverWith({});
    await expect(serverIdentity(clientOf(server), AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});

it('lists the models that can be named on one line', async () => {
  const data = [{ id: 'a' }, { id: 'b/c:7b' }, { id: 7 }, null, { id: '' }, { id: 'x\u001b[2J' }, { id: 'a' }];
  await using server = await serverWith({ '/v1/models': { data } });
  expect(await listModels(clientOf(server))).toEqual(['a', 'b/c:7b']);
});

describe('probedServer', () => {
  it('measures once, and then remembers, without address, text or key', async () => {
    await using server = await fakeLlamaServer();
    const memory = probeMemory(folder);
    const first = await probedServer(clientOf(server), 'tiny', memory);
    expect(first).toMatchObject({ isRemembered: false, identity: { kind: 'llama-server', version: 'b9000-abc' } });
    const asked = server.requests.length;
    const again = await probedServer(clientOf(server), 'tiny', memory);
    expect(again).toEqual({ ...first, isRemembered: true });
    expect(server.requests.slice(asked).every(({ method }) => method === 'GET')).toBe(true);
    const files = await readdir(folder);
    expect(files).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
    const text = await readFile(join(folder, files[0]!), 'utf8');
    expect(text).not.toMatch(/secret|127\.0\.0\.1|naïve/);
    expect((await probedServer(clientOf(server), 'other', memory)).isRemembered).toBe(false);
  });

  it('remembers that a server answers in words, or does not', async () => {
    for (const routes of [['/v1/chat/completions'], ['/v1/completions']]) {
      await using server = await fakeModelServer({ logprobs: false, routes });
      const memory = probeMemory(folder);
      const first = await probedServer(clientOf(server), 'tiny', memory);
      expect(first.abilities.answersInWords).toBe(routes[0] === '/v1/chat/completions');
      expect(await probedServer(clientOf(server), 'tiny', memory)).toEqual({ ...first, isRemembered: true });
    }
  });

  it.each([
    ['is damaged', (text: string) => text.slice(0, -9)],
    ['is none', () => '[]'],
    ['is of another format', (text: string) => text.replace('"schemaVersion":1', '"schemaVersion":0')],
    ['is of another probe', (text: string) => text.replace(/"probeVersion":\d+/, '"probeVersion":1')],
    ['names what is not known', (text: string) => text.replace('"infill"', '"telepathy"')],
    ['is about another model', (text: string) => text.replace('"model":"tiny"', '"model":"big"')],
    ['comes from the future', (text: string) => text.replace(/"atMs":\d+/, '"atMs":9000000000000')],
  ])('measures again where the file %s', async (_, damage) => {
    await using server = await fakeLlamaServer();
    const memory = probeMemory(folder);
    await probedServer(clientOf(server), 'tiny', memory);
    const path = join(folder, (await readdir(folder))[0]!);
    const text = await readFile(path, 'utf8');
    expect(damage(text)).not.toBe(text);
    await writeFile(path, damage(text));
    expect((await probedServer(clientOf(server), 'tiny', memory)).isRemembered).toBe(false);
    expect((await probedServer(clientOf(server), 'tiny', memory)).isRemembered).toBe(true);
  });

  it('forgets after a week', async () => {
    await using server = await fakeLlamaServer();
    const day = 24 * 60 * 60 * 1000;
    let nowMs = 1000 * day;
    const memory = probeMemory(folder, () => nowMs);
    await probedServer(clientOf(server), 'tiny', memory);
    nowMs += 7 * day - 1;
    expect((await probedServer(clientOf(server), 'tiny', memory)).isRemembered).toBe(true);
    nowMs += 1;
    expect((await probedServer(clientOf(server), 'tiny', memory)).isRemembered).toBe(false);
  });

  it('measures all the same where nothing can be kept', async () => {
    await using server = await fakeLlamaServer();
    const file = join(folder, 'a file');
    await writeFile(file, '');
    const { isRemembered } = await probedServer(clientOf(server), 'tiny', probeMemory(join(file, 'no folder')));
    expect(isRemembered).toBe(false);
    expect(await readdir(folder)).toEqual(['a file']);
  });
});

describe('openOpenaiEngine', () => {
  it('takes the only model, and what was measured', async () => {
    await using server = await fakeLlamaServer();
    const engine = await openOpenaiEngine({ baseUrl: server.baseUrl, memoryFolder: folder, maxRetries: 0 });
    expect(engine.capabilities).toMatchObject({ score: 'step-by-step', generate: true, fillInTheMiddle: true });
    expect(engine.source.tokenizer).toBe('tiny');
    expect(await readdir(folder)).toHaveLength(1);
    await engine.close();
  });

  it.each([
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], /a, b, c, d, e and 2 more/],
    [['a', 'b'], /: a, b\.$/],
    [[], /Name the model/],
  ])('asks for a model where the server has %j', async (names, message) => {
    await using server = await serverWith({ '/v1/models': { data: names.map((id) => ({ id })) } });
    await expect(openOpenaiEngine({ baseUrl: server.baseUrl })).rejects.toMatchObject({
      reason: 'bad-call',
      message: expect.stringMatching(message) as string,
    });
  });

  it('takes a model by its name', async () => {
    await using server = await fakeModelServer();
    const engine = await openOpenaiEngine({ baseUrl: server.baseUrl, model: 'tiny', maxRetries: 0 });
    expect(engine.capabilities.score).toBe('prefill');
    expect(server.requests.some(({ url }) => url === '/v1/models')).toBe(false);
  });

  it('fails with a sentence for a wrong address, and for one where nobody answers', async () => {
    await expect(openOpenaiEngine({ baseUrl: 'nowhere' })).rejects.toMatchObject({ reason: 'bad-call' });
    const closed = openOpenaiEngine({ baseUrl: 'http://127.0.0.1:1/v1', model: 'm', maxRetries: 0 });
    await expect(closed).rejects.toMatchObject({ reason: 'engine-failed' });
  });
});
