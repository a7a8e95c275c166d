import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import type { ServerAbilities } from '../../../../src/engines/openai/serverAbilities.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { fakeModelServer, type FakeServer, fakeServer, sendJson } from './fakeServers.ts';

const ABLE: ServerAbilities = {
  model: 'tiny',
  generation: 'completions',
  distribution: 'raw',
  vocabulary: { kind: 'full' },
  maxTopK: 5,
  promptScoring: 'prompt-logprobs',
  fillInTheMiddle: 'suffix',
};

function engineOf(server: FakeServer, abilities: Partial<ServerAbilities> = {}): OpenaiEngine {
  const client = createServerClient({ baseUrl: server.baseUrl, maxRetries: 0, timeoutMs: 2000 });
  return new OpenaiEngine(client, { ...ABLE, ...abilities });
}

describe('OpenaiEngine', () => {
  it.each(['completions', 'chat'] as const)('writes with log-probabilities (%s)', async (generation) => {
    await using server = await fakeModelServer();
    const heard: string[] = [];
    const scored = await engineOf(server, { generation }).generate({
      prefix: 'a = "',
      path: 'a.py',
      maxTokens: 6,
      topK: 0,
      onText: (text) => heard.push(text),
    });
    expect(scored.text).toBe(' café ☕');
    expect(heard.join('')).toBe(scored.text);
    expect([...scored.tokens()].map(({ text }) => text)).toEqual([' caf', 'é', ' ☕']);
    expect(scored.measures.logprobsNats[0]).toBeCloseTo(-0.5);
    expect(scored.token(0).alternatives).toHaveLength(1);
    expect(scored.source).toMatchObject({ mode: 'generated', distribution: { kind: 'raw' } });
    const { body } = server.requests[0]!;
    expect(generation === 'chat' ? body.top_logprobs : body.logprobs).toBe(1);
    expect(body.temperature).toBe(0);
  });

  it('writes at temperature 1 where the numbers are scaled or nobody knows', async () => {
    await using server = await fakeModelServer({ scales: true });
    const engine = engineOf(server, { distribution: 'scaled' });
    const scored = await engine.generate({ prefix: 'a', path: 'a.py', maxTokens: 3, topK: 3 });
    expect(server.requests[0]!.body.temperature).toBe(1);
    expect(scored.source.distribution).toEqual({ kind: 'scaled', temperature: 1 });
    expect(scored.measures.logprobsNats[0]).toBeCloseTo(-0.5);
  });

  it.each(['prompt-logprobs', 'echo', 'sglang'] as const)(
    'scores a long text by windows (%s)',
    async (promptScoring) => {
      await using server = await fakeModelServer();
      const text = 'const café = "☕";\n'.repeat(600);
      const scored = await engineOf(server, { promptScoring }).score({ text, path: 'a.ts' });
      expect(scored.text).toBe(text);
      expect(server.requests.length).toBeGreaterThan(3);
      const unscored = scored.measures.logprobsNats.filter((value) => Number.isNaN(value));
      expect(unscored).toHaveLength(1);
      expect(scored.source).toMatchObject({ mode: 'teacher-forced', distribution: { kind: 'raw' } });
    },
  );

  it('asks for alternatives only where they are wanted', async () => {
    await using server = await fakeModelServer();
    const text = 'a b c d\n'.repeat(1000);
    await engineOf(server).score({ text, path: 'a', detail: { topK: 4, ranges: [{ start: 0, end: 9 }] } });
    const asked = server.requests.map(({ body }) => Number(body.prompt_logprobs)).sort();
    expect(asked).toEqual([1, 1, 4]);
    expect(server.requests.every(({ body }) => body.return_token_ids === true)).toBe(true);
  });

  it('leaves unscored what the server does not score, and takes an empty text', async () => {
    await using server = await fakeModelServer({ logprobs: false });
    const engine = engineOf(server);
    expect((await engine.score({ text: 'a b', path: 'a' })).measures.logprobsNats).toEqual(Float64Array.of(Number.NaN));
    expect((await engine.score({ text: '', path: 'a' })).tokenCount).toBe(0);
    const written = await engine.generate({ prefix: 'a', path: 'a', maxTokens: 3, topK: 1 });
    expect(written.measures.logprobsNats).toEqual(Float64Array.of(Number.NaN));
  });

  it('leaves unscored what is of another distribution than was measured', async () => {
    await using server = await fakeModelServer();
    const writing = { prefix: 'a', path: 'a', maxTokens: 3, topK: 1 };
    const nats = async (distribution: 'raw' | 'scaled'): Promise<unknown> =>
      (await engineOf(server, { generation: 'sglang', distribution }).generate(writing)).measures.logprobsNats[0];
    expect(await nats('scaled')).toBeCloseTo(-0.5);
    expect(await nats('raw')).toBeNaN();
    expect(server.requests.map(({ url }) => url)).toEqual(['/generate', '/generate']);
  });

  it('refuses what was not measured', async () => {
    await using server = await fakeModelServer();
    const engine = engineOf(server, { generation: 'none', promptScoring: 'none', fillInTheMiddle: 'none' });
    expect(engine.capabilities).toMatchObject({ score: 'none', generate: false, fillInTheMiddle: false });
    const writing = { prefix: 'a', path: 'a', maxTokens: 3, topK: 1 };
    await expect(engine.score({ text: 'a', path: 'a' })).rejects.toMatchObject({ reason: 'unsupported' });
    await expect(engine.generate(writing)).rejects.toMatchObject({ reason: 'unsupported' });
    await expect(
      engineOf(server, { fillInTheMiddle: 'none' }).generate({ ...writing, suffix: 'b' }),
    ).rejects.toMatchObject({ reason: 'unsupported' });
    expect(await engine.alternatives()).toEqual([]);
    await engine.close();
    expect(server.requests).toEqual([]);
  });

  it('fills in the middle', async () => {
    await using server = await fakeModelServer();
    const writing = { prefix: 'a', suffix: 'b', path: 'a', maxTokens: 3, topK: 1 };
    const scored = await engineOf(server).generate(writing);
    expect(server.requests[0]!.body.suffix).toBe('b');
    expect(scored.source.contextPolicy).toContain('suffix');
  });

  it.each([null, [], {}, 'text', { choices: 'none' }, { choices: [null] }, { error: 'x' }, { choices: [{ text: 7 }] }])(
    'ends in a result or an error of ours for %j',
    async (answer) => {
      await using server = await fakeServer((_, response) => {
        sendJson(response, answer);
      });
      const engine = engineOf(server);
      const calls = [
        engine.score({ text: 'a b', path: 'a' }),
        engine.generate({ prefix: 'a', path: 'a', maxTokens: 3, topK: 1 }),
      ];
      for (const result of await Promise.allSettled(calls)) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(CandorError);
      }
    },
  );
});
