import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { probeServer, type ServerReport } from '../../../../src/engines/openai/probeServer.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import type { ServerKind } from '../../../../src/engines/openai/serverKind.ts';
import { fakeLlamaServer } from './fakeLlamaServer.ts';
import { fakeModelServer, type FakeServer, fakeServer, sendJson } from './fakeServers.ts';

function probe(server: FakeServer, kind?: ServerKind): Promise<ServerReport> {
  const client = createServerClient({ baseUrl: server.baseUrl, maxRetries: 0, timeoutMs: 1000 });
  return probeServer(client, 'tiny', undefined, kind);
}

const CHAT = ['/v1/chat/completions'];
const TOP = { token: ' a', bytes: [32, 97], logprob: -0.5 };
const ROW = { ...TOP, top_logprobs: [TOP] };
const CHOICE = { choices: [{ text: ' a', logprobs: { content: [ROW] } }], usage: { prompt_tokens: 5 } };
const COMPLETIONS = ['/v1/completions'];

describe('probeServer', () => {
  it('measures a server such as vLLM', async () => {
    await using server = await fakeModelServer({ takesSuffix: false });
    expect((await probe(server)).abilities).toEqual({
      model: 'tiny',
      generation: 'completions',
      distribution: 'raw',
      vocabulary: { kind: 'full' },
      maxTopK: 3,
      promptScoring: 'prompt-logprobs',
      fillInTheMiddle: 'none',
    });
  });

  it.each([
    ['only a chat', { routes: CHAT, scoring: [] }, { generation: 'chat', promptScoring: 'none' }],
    ['echo', { scoring: ['echo'] }, { promptScoring: 'echo' }],
    ['a native route', { scoring: ['return_logprob'] }, { promptScoring: 'sglang' }],
    ['nothing of the kind', { routes: COMPLETIONS, scoring: [] }, { promptScoring: 'none', maxTopK: 3 }],
    [
      'no log-probabilities',
      { logprobs: false },
      { generation: 'none', answersInWords: true, promptScoring: 'none', maxTopK: 0 },
    ],
    [
      'neither log-probabilities nor a chat',
      { logprobs: false, routes: COMPLETIONS },
      { generation: 'none', answersInWords: false },
    ],
    ['scaled numbers', { scales: true }, { generation: 'completions', distribution: 'scaled' }],
    ['filled-in rows', { drafts: true, routes: [...COMPLETIONS, ...CHAT] }, { generation: 'none' }],
    ['a suffix', {}, { fillInTheMiddle: 'suffix' }],
  ] as const)('measures a server with %s', async (_, model, abilities) => {
    await using server = await fakeModelServer(model);
    const report = await probe(server);
    expect(report.abilities).toMatchObject(abilities);
    expect(report.findings.length).toBeGreaterThan(4);
  });

  it.each([
    ['prompt-logprobs', ['prompt_logprobs']],
    ['echo', ['echo']],
    ['sglang', ['return_logprob']],
  ] as const)('believes no numbers of a prompt that differ from those of writing (%s)', async (way, scoring) => {
    for (const promptOffNats of [-0.5, -0.05]) {
      await using server = await fakeModelServer({ scoring, promptOffNats });
      expect((await probe(server)).abilities.promptScoring).toBe(promptOffNats < -0.1 ? 'none' : way);
    }
  });

  it('tells numbers that were divided among a few', async () => {
    await using cut = await fakeModelServer({ scales: true, truncates: true });
    expect((await probe(cut)).abilities).toMatchObject({ distribution: 'scaled', vocabulary: { kind: 'top-k', k: 3 } });
    await using whole = await fakeModelServer({ scales: true });
    expect((await probe(whole)).abilities.vocabulary).toEqual({ kind: 'full' });
  });

  describe('with llama-server', () => {
    const drafts = ({ findings }: ServerReport): unknown =>
      findings.find(({ trial }) => trial === 'speculative decoding')?.found;

    it.each(['llama-server', 'unknown'] as const)('measures its own routes (kind: %s)', async (kind) => {
      await using server = await fakeLlamaServer();
      const report = await probe(server, kind);
      expect(report.abilities).toEqual({
        model: 'tiny',
        generation: 'llama-server',
        distribution: 'raw',
        vocabulary: { kind: 'full' },
        maxTopK: 2,
        promptScoring: 'forced-grammar',
        fillInTheMiddle: 'infill',
      });
      expect(drafts(report)).toBe(false);
      const foreign = server.requests.filter(({ url }) => url === '/generate' || url === '/api/generate');
      expect(foreign.length > 0).toBe(kind === 'unknown');
    });

    it('finds in its slots that it drafts', async () => {
      await using server = await fakeLlamaServer({ speculates: true });
      expect(drafts(await probe(server))).toBe(true);
    });

    it.each([
      ['passes over the grammar', { passesOverGrammar: true }],
      ['refuses the grammar', { refusesGrammar: true }],
      ['contradicts what it said while it wrote', { offNats: -0.5 }],
    ])('does not force a server that %s', async (_, llama) => {
      await using server = await fakeLlamaServer(llama);
      expect((await probe(server)).abilities.promptScoring).toBe('none');
    });
  });

  it.each([
    ['ollama', 'ollama', { '/api/generate': { response: ' a', done: true, logprobs: [ROW] } }],
    ['completions', 'fim', { '/v1/completions': CHOICE, '/v1/fim/completions': CHOICE }],
    // A server that passes over a suffix in silence.
    ['completions', 'none', { '/v1/completions': CHOICE }],
  ])('writes by %s and fills in the middle by %s', async (generation, fillInTheMiddle, answers) => {
    await using server = await fakeServer(({ url }, response) => {
      const answer = new Map<string, unknown>(Object.entries(answers)).get(url);
      sendJson(response, answer ?? {}, answer === undefined ? 404 : 200);
    });
    expect((await probe(server)).abilities).toMatchObject({ generation, fillInTheMiddle });
  });

  it('always sends the number of alternatives as an integer', async () => {
    await using server = await fakeModelServer();
    await probe(server);
    const counts = server.requests.flatMap(({ body }) => ('top_logprobs' in body ? [body.top_logprobs] : []));
    expect(counts.every(Number.isInteger)).toBe(true);
  });

  it.each([401, 500, 404])('fails when every trial is answered with %i', async (status) => {
    await using server = await fakeServer((_, response) => {
      sendJson(response, {}, status);
    });
    await expect(probe(server)).rejects.toBeInstanceOf(CandorError);
  });

  it('takes a refusal for an answer', async () => {
    await using server = await fakeServer((_, response) => {
      sendJson(response, {}, 400);
    });
    expect((await probe(server)).abilities.generation).toBe('none');
  });

  it.each([null, [], { choices: [] }, { choices: [{ text: 'a', logprobs: { tokens: [1], token_logprobs: 'x' } }] }])(
    'finds nothing in %j',
    async (answer) => {
      await using server = await fakeServer((_, response) => {
        sendJson(response, answer);
      });
      const { abilities } = await probe(server);
      expect(abilities).toMatchObject({ generation: 'none', promptScoring: 'none', fillInTheMiddle: 'none' });
    },
  );

  it('rejects with the reason of the signal', async () => {
    await using server = await fakeServer(() => undefined);
    const client = createServerClient({ baseUrl: server.baseUrl });
    await expect(probeServer(client, 'tiny', AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
