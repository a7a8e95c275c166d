import { describe, expect, it } from 'vitest';
import { forcedRuns } from '../../../../src/engines/openai/forcedRuns.ts';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import { forcedRows } from '../../../../src/engines/openai/forcedTokens.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { fakeLlamaServer, llamaLogprob, llamaTokens } from './fakeLlamaServer.ts';
import { sendJson, type FakeServer } from './fakeServers.ts';

const PATH = 'a.ts';

function engineOf({ baseUrl }: FakeServer, timeoutMs = 2000): OpenaiEngine {
  return new OpenaiEngine(createServerClient({ baseUrl, maxRetries: 0, timeoutMs }), {
    model: 'tiny',
    generation: 'llama-server',
    distribution: 'raw',
    vocabulary: { kind: 'full' },
    maxTopK: 5,
    promptScoring: 'forced-grammar',
    fillInTheMiddle: 'infill',
  });
}

/** What the fake model says of each token of an ASCII text. */
function expectedNats(text: string, start: number | undefined): number[] {
  const ids = llamaTokens(text).map(({ id }) => id);
  return ids.map((id, at) => (at === 0 && start === undefined ? Number.NaN : llamaLogprob(ids[at - 1] ?? start, id)));
}

describe('scoring by a forced grammar', () => {
  it.each([
    ['a start token', true, 1],
    ['none', false, undefined],
  ] as const)('says of every token what the model does, with %s', async (_, hasStart, start) => {
    await using server = await fakeLlamaServer({ hasStart });
    const engine = engineOf(server);
    const text = 'let alpha = beta + gamma;\n'.repeat(60);
    const scored = await engine.score({ text, path: PATH });
    expect(scored.text).toBe(text);
    expect([...scored.measures.logprobsNats]).toEqual(expectedNats(text, start));
    expect(engine.capabilities).toMatchObject({ score: 'step-by-step', distribution: { kind: 'raw' } });
    expect(scored.source).toMatchObject({ mode: 'teacher-forced', vocabulary: { kind: 'full' } });
    const forcing = server.requests.filter(({ url }) => url === '/completion');
    expect(forcing.length).toBeGreaterThan(4);
    for (const { body } of forcing) {
      expect((body.prompt as unknown[]).length).toBeLessThanOrEqual(1024);
      expect(Number(body.n_predict)).toBeLessThanOrEqual(128);
      expect(body).toMatchObject({ temperature: 0, post_sampling_probs: false, return_tokens: true, n_probs: 1 });
    }
    // Most requests go on from what the server has in its cache.
    const starts = new Set(forcing.map(({ body }) => JSON.stringify((body.prompt as unknown[]).slice(0, 2))));
    expect(starts.size).toBeLessThan(forcing.length / 2);
  });

  it('asks for alternatives only where they are wanted, and for no special tokens', async () => {
    await using server = await fakeLlamaServer();
    const text = `é ${'alpha beta '.repeat(200)}`;
    const start = text.length - 20;
    const detail = { topK: 2, ranges: [{ start, end: start + 5 }] };
    const scored = await engineOf(server).score({ text, path: PATH, detail });
    const counts = server.requests.flatMap(({ url, body }) => (url === '/completion' ? [body.n_probs] : []));
    expect(counts.filter((count) => count === 2)).toHaveLength(1);
    expect(counts.at(-1)).toBe(2);
    expect(scored.token(scored.tokenCount - 1).alternatives).toHaveLength(2);
    expect(server.requests[0]!.body).toMatchObject({ parse_special: false, add_special: false, with_pieces: true });
  });

  it('leaves a split character unscored, and nothing else', async () => {
    await using server = await fakeLlamaServer();
    const text = 'name = "☕é😀" + other\n'.repeat(30);
    const scored = await engineOf(server).score({ text, path: PATH });
    for (const { text: token, logprobNats } of scored.tokens()) {
      expect(logprobNats === undefined).toBe(/[^\0-\x7f]/.test(token));
    }
  });

  it.each([
    ['passes over the grammar', { passesOverGrammar: true }],
    ['writes other tokens', { lies: (): boolean => true }],
  ])('scores nothing on a server that %s', async (_, llama) => {
    await using server = await fakeLlamaServer(llama);
    const text = 'let alpha = beta;';
    const scored = await engineOf(server).score({ text, path: PATH });
    expect(scored.text).toBe(text);
    expect([...scored.measures.logprobsNats].every(Number.isNaN)).toBe(true);
  });

  it('keeps what came before a token that is another one', async () => {
    const text = 'let alpha = beta + gamma';
    const gamma = llamaTokens(text).at(-1)!.id;
    await using server = await fakeLlamaServer({ lies: (id) => id === gamma });
    const scored = await engineOf(server).score({ text, path: PATH });
    expect([...scored.measures.logprobsNats].map(Number.isNaN).indexOf(true)).toBe(scored.tokenCount - 1);
  });

  it('tells that a grammar is not taken', async () => {
    await using server = await fakeLlamaServer({ refusesGrammar: true });
    const client = createServerClient({ baseUrl: server.baseUrl, maxRetries: 0 });
    const asked = forcedRows(client, { model: 'm', text: 'a b', topKOf: () => 1 });
    await expect(asked).rejects.toMatchObject({ reason: 'unsupported' });
    // Of a server that took grammars when it was measured it says something about the text.
    await expect(engineOf(server).score({ text: 'a b', path: PATH })).rejects.toMatchObject({
      reason: 'engine-failed',
      message: expect.stringContaining('not this one') as string,
    });
  });

  it.each([{ tokens: [] }, {}, { tokens: [{ id: 'x' }] }, { tokens: Array(1000).fill({ id: 1, piece: 'a' }) }, []])(
    'does not ask on after tokens such as %j',
    async (answer) => {
      await using server = await fakeLlamaServer();
      const lying = createServerClient({ baseUrl: server.baseUrl, maxRetries: 0 });
      const client = {
        ...lying,
        post: (route: string, body: Readonly<Record<string, unknown>>) =>
          route === '/tokenize' ? Promise.resolve(answer) : lying.post(route, body),
      };
      const abilities = { promptScoring: 'forced-grammar', generation: 'none', fillInTheMiddle: 'none' } as const;
      const rest = { model: 'm', distribution: 'raw', vocabulary: { kind: 'full' }, maxTopK: 1 } as const;
      const engine = new OpenaiEngine(client, { ...rest, ...abilities });
      await expect(engine.score({ text: 'a b', path: PATH })).rejects.toMatchObject({ reason: 'engine-failed' });
      expect(server.requests).toEqual([]);
    },
  );

  it('takes an empty text, and one with half a surrogate pair', async () => {
    await using server = await fakeLlamaServer();
    const engine = engineOf(server);
    expect((await engine.score({ text: '', path: PATH })).tokenCount).toBe(0);
    expect(server.requests).toEqual([]);
    const text = 'a \ud800 b';
    expect((await engine.score({ text, path: PATH })).text).toBe(text);
  });

  it('stops at once when it is aborted', async () => {
    const abort = new AbortController();
    await using server = await fakeLlamaServer({
      onCompletion: () => {
        abort.abort('enough');
        return true;
      },
    });
    const text = 'alpha beta '.repeat(500);
    await expect(engineOf(server).score({ text, path: PATH, abortSignal: abort.signal })).rejects.toBe('enough');
    expect(server.requests.filter(({ url }) => url === '/completion')).toHaveLength(1);
  });

  it('leaves out what a grammar cannot force', () => {
    const tokens = [[97], [98], [0], [], [99]].map((bytes) => ({ bytes: Uint8Array.from(bytes) }));
    expect(forcedRuns(tokens, 1).map(({ start, end }) => [start, end])).toEqual([
      [1, 2],
      [4, 5],
    ]);
  });

  it('fills in the middle and writes on its own routes, streamed alike', async () => {
    await using server = await fakeLlamaServer();
    const engine = engineOf(server);
    for (const suffix of [undefined, 'b']) {
      const asked = { prefix: 'a', path: PATH, maxTokens: 2, topK: 2, ...(suffix === undefined ? {} : { suffix }) };
      const whole = await engine.generate(asked);
      const heard: string[] = [];
      const streamed = await engine.generate({ ...asked, onText: (text) => heard.push(text) });
      expect(whole.text).toBe(' one two');
      expect(streamed).toEqual(whole);
      expect(heard).toEqual([' one', ' two']);
      expect(whole.measures.logprobsNats.every((nats) => nats < 0)).toBe(true);
    }
    expect(server.requests.map(({ url }) => url)).toEqual(['/completion', '/completion', '/infill', '/infill']);
  });

  it('fails in one sentence when the server breaks down in between', async () => {
    let calls = 0;
    await using server = await fakeLlamaServer({
      onCompletion: (_, response) => {
        if (calls++ < 1) return false;
        sendJson(response, { error: 'x' }, 500);
        return true;
      },
    });
    const text = 'alpha beta '.repeat(200);
    await expect(engineOf(server).score({ text, path: PATH })).rejects.toMatchObject({ reason: 'engine-failed' });
  });
});
