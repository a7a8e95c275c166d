import { describe, expect, it } from 'vitest';
import { serverVerdict } from '../../../src/app/serverVerdict.ts';
import { tryServer, type TriedServer } from '../../../src/app/tryServer.ts';
import { startLlamaHttpServer, type FaceName } from '../../support/llamaHttpServer.ts';
import { llamaHttpSetup } from '../../support/llamaHttpSetup.ts';
import { lmStudioServer } from '../../support/lmStudioServer.ts';
import { fakeModelServer, fakeServer, sendJson } from '../engines/openai/fakeServers.ts';
import { fakeLlamaServer } from '../engines/openai/fakeLlamaServer.ts';

async function verdictOn(baseUrl: string): Promise<ReturnType<typeof serverVerdict>> {
  const { identity, probed } = await tryServer({ baseUrl, maxRetries: 0 });
  if (probed === null) throw new Error('The server was not measured.');
  return serverVerdict(identity, probed);
}

describe('serverVerdict', () => {
  const setup = llamaHttpSetup({ hasStart: false });

  it.each<[FaceName, string, string]>([
    ['llama-server', 'scores', 'Scores any code, a step a token: good for a file, slow for a workspace.'],
    ['vllm', 'scores', 'Scores any code, in one pass.'],
    ['sglang', 'scores', 'Scores any code, in one pass.'],
    ['ollama', 'writes', 'Scores only what it writes itself: good for completions, not for audits.'],
  ])('says what %s is good for', { timeout: 60_000 }, async (face, use, sentence) => {
    await using server = await startLlamaHttpServer(setup().model, face);
    expect(await verdictOn(server.baseUrl)).toEqual({ use, sentence, notes: [] });
  });

  it('says that LM Studio leaves out the log-probabilities, and what to do', async () => {
    await using server = await lmStudioServer();
    const { use, notes } = await verdictOn(server.baseUrl);
    expect(use).toBe('nothing');
    expect(notes).toEqual([expect.stringMatching(/lms#60.*serve the model by llama-server\.$/)]);
  });

  it.each([
    ['0.9.6', /from version 0\.12\.11 on: update it\.$/],
    ['0.12.10', /update it\.$/],
    ['0.12.11', /^Choose another model, or another server\.$/],
    ['0.13.0', /^Choose another model, or another server\.$/],
    ['1.0.0', /^Choose another model, or another server\.$/],
    ['unheard of', /^Choose another model, or another server\.$/],
  ])('knows whether Ollama %s is too old', async (version, note) => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/api/version') sendJson(response, { version });
      else if (url === '/v1/models') sendJson(response, { data: [{ id: 'tiny' }] });
      else if (url === '/api/generate') sendJson(response, { response: ' a', done: true });
      else sendJson(response, { choices: [{ text: ' a', message: { content: ' a' } }] });
    });
    const { use, notes } = await verdictOn(server.baseUrl);
    expect(use).toBe('nothing');
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it('warns of speculative decoding', async () => {
    await using server = await fakeLlamaServer({ speculates: true });
    const { use, notes } = await verdictOn(server.baseUrl);
    expect(use).toBe('scores');
    expect(notes).toEqual([expect.stringMatching(/^It drafts tokens ahead.*without a draft model\.$/)]);
  });
});

describe('tryServer', () => {
  it('measures the model that is named, or the only one', async () => {
    await using server = await fakeModelServer();
    const both = await Promise.all([
      tryServer({ baseUrl: server.baseUrl }),
      tryServer({ baseUrl: server.baseUrl, model: 'tiny' }),
    ]);
    expect(both.map(({ probed }) => probed?.abilities.model)).toEqual(['tiny', 'tiny']);
  });

  it('measures none of several, and sends no text', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/models') sendJson(response, { data: [{ id: 'one' }, { id: 'two' }] });
      else sendJson(response, {}, 404);
    });
    const tried: TriedServer = await tryServer({ baseUrl: server.baseUrl });
    expect(tried).toMatchObject({ models: ['one', 'two'], probed: null, failure: null });
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('says in a sentence why it could not be measured', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/models') sendJson(response, { data: [{ id: 'tiny' }] });
      else sendJson(response, {}, 401);
    });
    const { failure } = await tryServer({ baseUrl: server.baseUrl });
    expect(failure).toBe('The model server refused the key (401). Give it another one.');
  });
});
