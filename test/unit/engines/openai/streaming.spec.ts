import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import type { WritingWay } from '../../../../src/engines/openai/serverAbilities.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { fakeServer, sendJson, type FakeServer } from './fakeServers.ts';

const WRITTEN = [' caf', 'é', ' ☕', '\n'];
const ROWS = WRITTEN.map((token, at) => {
  const own = { token, bytes: [...Buffer.from(token)], logprob: -0.5 - at, id: at };
  return { ...own, top_logprobs: [own] };
});
const TEXT = WRITTEN.join('');

interface Speech {
  readonly whole: unknown;
  readonly chunks: readonly unknown[];
  readonly ending: readonly string[];
  readonly type: string;
}

const SSE = { type: 'text/event-stream', ending: ['[DONE]'] };

/** What each route answers, at once and in a stream. */
const SPEECH: Readonly<Record<WritingWay, Speech>> = {
  completions: {
    ...SSE,
    whole: { choices: [{ text: TEXT, finish_reason: 'stop', logprobs: legacy(0, 4) }] },
    chunks: [
      ...WRITTEN.map((text, at) => ({ choices: [{ text, finish_reason: null, logprobs: legacy(at, at + 1) }] })),
      { choices: [{ text: '', finish_reason: 'stop', logprobs: null }] },
      { choices: [], usage: { completion_tokens: 4 } },
    ],
  },
  chat: {
    ...SSE,
    whole: { choices: [{ message: { content: TEXT }, finish_reason: 'stop', logprobs: { content: ROWS } }] },
    chunks: [
      { choices: [{ delta: { role: 'assistant' }, finish_reason: null }] },
      ...WRITTEN.map((content, at) => ({
        choices: [{ delta: { content }, finish_reason: null, logprobs: { content: [ROWS[at]] } }],
      })),
      { choices: [{ delta: {}, finish_reason: 'stop' }] },
    ],
  },
  'llama-server': {
    ...SSE,
    ending: [],
    whole: { content: TEXT, tokens: [0, 1, 2, 3], completion_probabilities: ROWS, stop: true, stop_type: 'limit' },
    chunks: [
      ...WRITTEN.map((content, at) => ({
        content,
        tokens: [at],
        stop: false,
        tokens_predicted: at + 1,
        completion_probabilities: [ROWS[at]],
      })),
      { content: '', tokens: [], stop: true, stop_type: 'limit', tokens_predicted: 4 },
    ],
  },
  ollama: {
    type: 'application/x-ndjson',
    ending: [],
    whole: { response: TEXT, done: true, done_reason: 'stop', logprobs: ROWS },
    chunks: [
      ...WRITTEN.map((response, at) => ({ response, done: false, logprobs: [ROWS[at]] })),
      { response: '', done: true, done_reason: 'stop' },
    ],
  },
  sglang: {
    ...SSE,
    whole: sglang(4, 'stop'),
    // Each chunk repeats what came before.
    chunks: [1, 2, 3, 4].map((count) => sglang(count, count === 4 ? 'stop' : null)),
  },
};

function legacy(start: number, end: number): object {
  const rows = ROWS.slice(start, end);
  return {
    tokens: rows.map(({ token }) => token),
    token_logprobs: rows.map(({ logprob }) => logprob),
    top_logprobs: rows.map(({ token, logprob }) => ({ [token]: logprob })),
  };
}

function sglang(count: number, reason: string | null): object {
  const rows = ROWS.slice(0, count).map(({ logprob, id, token }) => [logprob, id, token]);
  return {
    text: WRITTEN.slice(0, count).join(''),
    meta_info: {
      completion_tokens: count,
      finish_reason: reason && { type: reason },
      output_token_logprobs: rows,
      output_top_logprobs: rows.map((row) => [row]),
    },
  };
}

function eventText({ type }: Speech, data: string): string {
  return type === 'text/event-stream' ? `data: ${data}\n\n` : `${data}\n`;
}

function engineOf({ baseUrl }: FakeServer, generation: WritingWay, timeoutMs = 3000): OpenaiEngine {
  return new OpenaiEngine(createServerClient({ baseUrl, maxRetries: 0, timeoutMs, maxReplyBytes: 50_000 }), {
    model: 'tiny',
    generation,
    distribution: generation === 'sglang' ? 'scaled' : 'raw',
    vocabulary: { kind: 'full' },
    maxTopK: 3,
    promptScoring: 'none',
    fillInTheMiddle: 'none',
  });
}

const SGLANG = JSON.stringify(sglang(1, null));
const WAYS = Object.keys(SPEECH) as WritingWay[];
const ASKED = { prefix: 'a', path: 'a.ts', maxTokens: 4, topK: 1 };

describe('a streamed answer', () => {
  it.each(WAYS)('is the same as one that comes at once, and is heard as it comes (%s)', async (way) => {
    const speech = SPEECH[way];
    await using server = await fakeServer(({ body }, response) => {
      if (body.stream !== true) {
        sendJson(response, speech.whole);
        return;
      }
      const events = [...speech.chunks.map((chunk) => JSON.stringify(chunk)), ...speech.ending];
      const bytes = Buffer.from(events.map((event) => eventText(speech, event)).join(''));
      response.writeHead(200, { 'content-type': speech.type });
      // Cut anywhere, inside characters as well.
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7));
      response.end();
    });
    const engine = engineOf(server, way);
    const whole = await engine.generate(ASKED);
    const heard: string[] = [];
    const streamed = await engine.generate({ ...ASKED, onText: (text) => heard.push(text) });
    expect(heard).toEqual(WRITTEN);
    expect(streamed).toEqual(whole);
    expect([...streamed.measures.logprobsNats]).toEqual([-0.5, -1.5, -2.5, -3.5]);
    expect(streamed.alternatives.size).toBe(4);
    expect(server.requests.map(({ body }) => body.stream)).toEqual([false, true]);
  });

  it.each(WAYS)('that is cut short is an error, and what came was heard (%s)', async (way) => {
    const speech = SPEECH[way];
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': speech.type });
      const end = speech.chunks.findIndex((chunk) => JSON.stringify(chunk).includes('☕'));
      response.end(
        speech.chunks
          .slice(0, end + 1)
          .map((chunk) => eventText(speech, JSON.stringify(chunk)))
          .join(''),
      );
    });
    const heard: string[] = [];
    const failing = engineOf(server, way).generate({ ...ASKED, onText: (text) => heard.push(text) });
    await expect(failing).rejects.toMatchObject({ reason: 'engine-failed' });
    expect(heard.join('')).toBe(' café ☕');
  });

  it('comes whole from a server that does not stream', async () => {
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(SPEECH.chat.whole, null, 2));
    });
    const heard: string[] = [];
    await engineOf(server, 'chat').generate({ ...ASKED, onText: (text) => heard.push(text) });
    expect(heard).toEqual([TEXT]);
  });

  it('ends its connection at once when it is aborted', async () => {
    const closed = Promise.withResolvers<number>();
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(eventText(SPEECH.chat, JSON.stringify(SPEECH.chat.chunks[1])));
      response.on('close', () => {
        closed.resolve(performance.now());
      });
    });
    const abort = new AbortController();
    let abortedAt = 0;
    const generating = engineOf(server, 'chat').generate({
      ...ASKED,
      abortSignal: abort.signal,
      onText: () => {
        abortedAt = performance.now();
        abort.abort('enough');
      },
    });
    await expect(generating).rejects.toBe('enough');
    expect(performance.now() - abortedAt).toBeLessThan(50);
    // The other side hears of it through the kernel.
    expect((await closed.promise) - abortedAt).toBeLessThan(500);
  });

  it('ends its connection when whoever listens fails, with that very error', async () => {
    const closed = Promise.withResolvers<undefined>();
    await using server = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(eventText(SPEECH.chat, JSON.stringify(SPEECH.chat.chunks[1])));
      response.on('close', () => {
        closed.resolve(undefined);
      });
    });
    const own = new Error('own');
    const onText = (): never => {
      throw own;
    };
    await expect(engineOf(server, 'chat').generate({ ...ASKED, onText })).rejects.toBe(own);
    await closed.promise;
  });

  it.each([
    ['sends nothing', () => undefined, 'in time'],
    ['sends pings only', (r: ServerResponse) => repeat(r, ': ping\n\n'), 'in time'],
    ['sends without end', (r: ServerResponse) => repeat(r, `: ${'x'.repeat(20_000)}\n\n`), 'too long'],
    [
      'says that it broke down',
      (r: ServerResponse) => r.end('data: {"error":{"message":"x"}}\n\ndata: [DONE]\n\n'),
      'broke down',
    ],
    ['sends what is no JSON', (r: ServerResponse) => r.end('data: {"choices"\n\ndata: [DONE]\n\n'), 'no JSON'],
    [
      'takes back what it said',
      (r: ServerResponse) =>
        r.end(`data: ${SGLANG}\n\ndata: {"choices":[{"delta":{"content":"b"}}]}\n\ndata: [DONE]\n\n`),
      'broke down',
    ],
    ['says nothing', (r: ServerResponse) => r.end('data: [DONE]\n\n'), 'cut off'],
  ])('fails with a sentence when the server %s', async (_, answer: (r: ServerResponse) => unknown, sentence) => {
    await using server = await fakeServer((_, response) => {
      answer(response.writeHead(200, { 'content-type': 'text/event-stream' }));
      response.flushHeaders();
    });
    const generating = engineOf(server, 'chat', 200).generate({ ...ASKED, onText: () => undefined });
    await expect(generating).rejects.toMatchObject({
      reason: 'engine-failed',
      message: expect.stringContaining(sentence) as string,
    });
  });

  it('may take longer than one deadline as long as events come', async () => {
    const speak = async (response: ServerResponse): Promise<void> => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const chunk of SPEECH.chat.chunks) {
        response.write(eventText(SPEECH.chat, JSON.stringify(chunk)));
        await sleep(150);
      }
      response.end();
    };
    await using server = await fakeServer((_, response) => void speak(response));
    const scored = await engineOf(server, 'chat', 600).generate({ ...ASKED, onText: () => undefined });
    expect(scored.text).toBe(TEXT);
  });
});

function repeat(response: ServerResponse, text: string): NodeJS.Timeout {
  const timer = setInterval(() => response.write(text), 10);
  response.on('close', () => {
    clearInterval(timer);
  });
  return timer;
}
