import { describe, expect, it } from 'vitest';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import { WRITING_WAYS, type ServerAbilities } from '../../../../src/engines/openai/serverAbilities.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { WRITING_ROUTES } from '../../../../src/engines/openai/serverRoutes.ts';
import { sampleContinuations } from '../../../../src/engines/sampleContinuations.ts';
import { fakeModelServer, fakeServer, type FakeServer } from './fakeServers.ts';

function engineOf({ baseUrl }: FakeServer, abilities: Partial<ServerAbilities> = {}): OpenaiEngine {
  return new OpenaiEngine(createServerClient({ baseUrl, maxRetries: 0, timeoutMs: 2000 }), {
    model: 'tiny',
    generation: 'completions',
    distribution: 'raw',
    vocabulary: { kind: 'full' },
    maxTopK: 3,
    promptScoring: 'none',
    fillInTheMiddle: 'suffix',
    ...abilities,
  });
}

const ASKED = { prefix: 'a', path: 'a.ts', maxTokens: 3, topK: 1 };
const SAMPLING = { temperature: 0.7, seed: 42 };

describe('a server that is asked to draw', () => {
  it.each(['completions', 'chat'] as const)(
    'is sent the temperature and the seed, and no n (%s)',
    async (generation) => {
      await using server = await fakeModelServer();
      await engineOf(server, { generation }).generate({ ...ASKED, sampling: SAMPLING });
      await engineOf(server).generate({ ...ASKED, suffix: 'b', sampling: SAMPLING });
      await engineOf(server, { generation }).generate(ASKED);
      const [drawn, filled, plain] = server.requests.map(({ body }) => body);
      expect(drawn).toMatchObject({ ...SAMPLING, top_p: 1 });
      expect(filled).toMatchObject({ ...SAMPLING, suffix: 'b' });
      expect(plain).toMatchObject({ temperature: 0 });
      for (const body of [drawn, filled, plain]) expect(body).not.toHaveProperty('n');
      expect(plain).not.toHaveProperty('seed');
    },
  );

  it('is told so by every route that takes a seed', () => {
    const writing = { model: 'm', prefix: 'a', maxTokens: 3, topK: 1, ...SAMPLING };
    const bodies = Object.fromEntries(WRITING_ROUTES.map(({ way, bodyFor }) => [way, bodyFor(writing)]));
    expect(Object.keys(bodies).sort()).toEqual([...WRITING_WAYS].sort());
    const { completions, chat, ollama, sglang, 'llama-server': llamaServer } = bodies;
    for (const body of [completions, chat, llamaServer]) expect(body).toMatchObject(SAMPLING);
    expect(ollama?.options).toMatchObject({ ...SAMPLING, top_k: 0, top_p: 1, min_p: 0 });
    expect(sglang?.sampling_params).toEqual({ max_new_tokens: 3, temperature: 0.7, top_p: 1 });
  });

  it.each([
    ['raw', { kind: 'raw' }, -0.5],
    ['scaled', { kind: 'scaled', temperature: 0.7 }, -0.534],
    ['unknown', { kind: 'scaled', temperature: 0.7 }, -0.534],
  ] as const)('has numbers whose distribution the Source tells: %s', async (distribution, told, expectedNats) => {
    await using server = await fakeModelServer({ scales: distribution !== 'raw' });
    const engine = engineOf(server, { distribution });
    const drawn = await engine.generate({ ...ASKED, sampling: SAMPLING });
    expect(drawn.source.distribution).toEqual(told);
    const [nats = Number.NaN] = drawn.measures.logprobsNats;
    expect(nats).toBeCloseTo(expectedNats, 3);
    // What is not drawn keeps the temperature that it had.
    const plain = await engine.generate(ASKED);
    expect(plain.source.distribution).toEqual(distribution === 'raw' ? told : { kind: 'scaled', temperature: 1 });
    expect(plain.source.distribution).toEqual(engine.capabilities.distribution);
  });

  it('is asked once for each continuation, each time with a seed of its own', async () => {
    await using server = await fakeModelServer();
    const texts: string[] = [];
    for await (const { scored } of sampleContinuations(engineOf(server), ASKED, {
      count: 4,
      temperature: 1.2,
      seed: 1,
    })) {
      texts.push(scored.text);
    }
    expect(texts).toHaveLength(4);
    const bodies = server.requests.map(({ body }) => body);
    expect(bodies.map(({ temperature }) => temperature)).toEqual([1.2, 1.2, 1.2, 1.2]);
    expect(new Set(bodies.map(({ seed }) => seed)).size).toBe(4);
    expect(bodies.every((body) => !('n' in body))).toBe(true);
  });
});

describe('a question', () => {
  it('is put to a chat plainly, and the Source says so', async () => {
    await using server = await fakeModelServer();
    const engine = engineOf(server, { generation: 'chat' });
    const answer = await engine.generate({ ...ASKED, prefix: 'Is it so?', isQuestion: true });
    expect(server.requests[0]?.body.messages).toEqual([{ role: 'user', content: 'Is it so?' }]);
    expect(answer.source.contextPolicy).toBe('question');
    await engine.generate(ASKED);
    expect(server.requests[1]?.body.messages).toHaveLength(2);
  });
});

describe('a server that writes without log-probabilities', () => {
  it('answers a question in words, unscored, and nothing else', async () => {
    await using server = await fakeModelServer({ logprobs: false });
    const nothing = { generation: 'none', distribution: 'unknown', maxTopK: 0, fillInTheMiddle: 'none' } as const;
    const engine = engineOf(server, { ...nothing, answersInWords: true });
    expect(engine.capabilities).toMatchObject({ generate: false, answers: true });
    const answer = await engine.generate({ ...ASKED, prefix: 'How sure are you?', isQuestion: true, maxTokens: 9 });
    expect(answer.text).toBe(' café ☕');
    expect([...answer.measures.logprobsNats]).toEqual([Number.NaN]);
    expect(server.requests[0]?.body).toEqual({
      model: 'tiny',
      messages: [{ role: 'user', content: 'How sure are you?' }],
      max_tokens: 9,
      temperature: 0,
      top_p: 1,
      stream: false,
    });
    await expect(engine.generate(ASKED)).rejects.toMatchObject({ reason: 'unsupported' });
    expect(server.requests).toHaveLength(1);
  });

  it('is asked nothing where it was measured to give no answer', async () => {
    await using server = await fakeModelServer({ logprobs: false });
    const engine = engineOf(server, { generation: 'none', answersInWords: false });
    expect(engine.capabilities.answers).toBe(false);
    await expect(engine.generate({ ...ASKED, isQuestion: true })).rejects.toMatchObject({ reason: 'unsupported' });
    expect(server.requests).toEqual([]);
  });
});

describe('a stream that is stopped', () => {
  const row = (token: string, logprob: number, alternatives: boolean): object => {
    const own = { token, bytes: [...Buffer.from(token)], logprob };
    return { ...own, top_logprobs: alternatives ? [own] : [] };
  };

  it('leaves unscored what looks drafted, for servers say last whether it was', async () => {
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const [content, logprob, listed] of [
        ['a', -1, true],
        ['b', 0, false],
        ['c', -2, true],
      ] as const) {
        const chunk = { choices: [{ delta: { content }, logprobs: { content: [row(content, logprob, listed)] } }] };
        response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      }
    });
    const stop = new AbortController();
    let heard = '';
    const onText = (text: string): void => {
      heard += text;
      if (heard.includes('c')) stop.abort();
    };
    const engine = engineOf(server, { generation: 'chat' });
    const written = await engine.generate({ ...ASKED, onText, stopSignal: stop.signal });
    expect(written.text).toBe('abc');
    expect([...written.measures.logprobsNats]).toEqual([-1, Number.NaN, -2]);
  });

  it('ends though nothing more comes, and with nothing where nothing came', async () => {
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    });
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 50);
    const written = await engineOf(server, { generation: 'chat' }).generate({ ...ASKED, stopSignal: stop.signal });
    expect(written.text).toBe('');
    expect(written.tokenCount).toBe(0);
  });

  it('is an error where it was given up as well', async () => {
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    });
    const [stop, abort] = [new AbortController(), new AbortController()];
    setTimeout(() => {
      stop.abort('enough');
      abort.abort('given up');
    }, 50);
    const asked = engineOf(server, { generation: 'chat' }).generate({
      ...ASKED,
      stopSignal: stop.signal,
      abortSignal: abort.signal,
    });
    await expect(asked).rejects.toBe('given up');
  });
});
