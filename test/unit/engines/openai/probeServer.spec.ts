import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { probeServer, type ServerReport } from '../../../../src/engines/openai/probeServer.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { fakeModelServer, type FakeServer, fakeServer, sendJson } from './fakeServers.ts';

function probe(server: FakeServer): Promise<ServerReport> {
  return probeServer(createServerClient({ baseUrl: server.baseUrl, maxRetries: 0, timeoutMs: 1000 }), 'tiny');
}

const CHAT = ['/v1/chat/completions'];
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
    ['no log-probabilities', { logprobs: false }, { generation: 'none', promptScoring: 'none', maxTopK: 0 }],
    ['scaled numbers', { scales: true }, { generation: 'completions', distribution: 'scaled' }],
    ['filled-in rows', { drafts: true }, { generation: 'none' }],
    ['a suffix', {}, { fillInTheMiddle: 'suffix' }],
  ] as const)('measures a server with %s', async (_, model, abilities) => {
    await using server = await fakeModelServer(model);
    const report = await probe(server);
    expect(report.abilities).toMatchObject(abilities);
    expect(report.findings.length).toBeGreaterThan(4);
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
