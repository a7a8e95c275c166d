import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../src/capture/recorder/dialects.ts';
import { editJson } from '../../../../src/capture/recorder/editJson.ts';
import { post, recorderBefore, scriptedUpstream, type TestRecorder } from '../../../support/recorderHarness.ts';

const FIXTURES = new URL('../../../fixtures/wire/', import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, FIXTURES), 'utf8');

/** A fixture, the route that it is of, and how a client asks for the log-probabilities in it. */
const REPLIES = [
  ['openaiChat.json', '/v1/chat/completions', { logprobs: true }],
  ['openaiChat.sse', '/v1/chat/completions', { logprobs: true, stream: true }],
  ['vllmChat.json', '/v1/chat/completions', { logprobs: true }],
  ['vllmChat.sse', '/v1/chat/completions', { logprobs: true, stream: true }],
  ['openaiCompletion.json', '/v1/completions', { logprobs: 2 }],
  ['openaiCompletion.sse', '/v1/completions', { logprobs: 2, stream: true }],
  ['openaiResponse.json', '/v1/responses', { include: ['message.output_text.logprobs'] }],
  ['openaiResponse.sse', '/v1/responses', { include: ['message.output_text.logprobs'], stream: true }],
  ['llamaServer.json', '/completion', { n_probs: 2, return_tokens: true }],
  ['llamaServer.sse', '/completion', { n_probs: 2, stream: true }],
  ['ollamaChat.json', '/api/chat', { logprobs: true, stream: false }],
  ['ollamaChat.ndjson', '/api/chat', { logprobs: true }],
  ['ollamaGenerate.json', '/api/generate', { logprobs: true, stream: false }],
  ['ollamaGenerate.ndjson', '/api/generate', { logprobs: true }],
] as const;

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  sse: 'text/event-stream; charset=utf-8',
  ndjson: 'application/x-ndjson',
};

async function passed(name: string, route: string, body: object): Promise<{ text: string; between: TestRecorder }> {
  await using server = await scriptedUpstream((_, response) => {
    response.writeHead(200, { 'content-type': TYPES[name.split('.')[1]!]! }).end(fixture(name));
  });
  await using between = await recorderBefore(server.rootUrl);
  const { text } = await post(`${between.address}${route}`, body);
  return { text, between };
}

const ROWS = /"(logprobs|completion_probabilities)":\s*(\{|\[\s*\{)/;

describe.each(REPLIES)('%s', (name, route, asking) => {
  const { stream } = asking as { readonly stream?: boolean };

  it('passes to the byte where the client asks itself', async () => {
    const { text, between } = await passed(name, route, asking);
    expect(text).toBe(fixture(name));
    expect(between.recorder.counts).toMatchObject({ recorded: 1, unscored: 0 });
  });

  it('loses its rows, and nothing else, where the client does not', async () => {
    const { text, between } = await passed(name, route, stream === undefined ? {} : { stream });
    expect(text).not.toMatch(ROWS);
    // What was taken away are stretches of the reply; what was put in their place is "nothing".
    expect(text.length).toBeLessThan(fixture(name).length);
    expect(eventsOf(text).map(withoutRows)).toStrictEqual(eventsOf(fixture(name)).map(withoutRows));
    if (name.endsWith('.sse')) expect(linesAroundData(text)).toStrictEqual(linesAroundData(fixture(name)));
    expect(between.recorder.counts).toMatchObject({ recorded: 1, unscored: 0 });
  });

  it('is as before when rows are added and taken away', () => {
    const { cuts } = dialectOf(route)!.recording(stream === undefined ? {} : { stream })!;
    for (const event of eventsOf(fixture(name))) {
      const without = editJson(JSON.stringify(event), cuts);
      expect(editJson(without, cuts)).toBe(without);
    }
  });
});

/** The JSON values of a fixture. */
function eventsOf(text: string): readonly unknown[] {
  if (text.startsWith('{') && !text.includes('\n{')) return [JSON.parse(text)];
  const lines = text.split('\n').map((line) => line.replace(/^data: ?/, ''));
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as unknown);
}

/** Comments, names and empty lines, and the data that is no JSON. */
function linesAroundData(text: string): readonly string[] {
  return text.split('\n').filter((line) => !line.startsWith('data: {'));
}

/** A value with nothing said by any of the names that tell log-probabilities. */
function withoutRows(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, inner: unknown) =>
      ['logprobs', 'completion_probabilities', 'tokens', 'top_logprobs', 'n_probs'].includes(name) ? undefined : inner,
    ),
  );
}

describe('what is recorded', () => {
  it('has the tokens and who they are from, without what the client never said', async () => {
    const { between } = await passed('openaiChat.sse', '/v1/chat/completions', { stream: true, model: 'asked' });
    const [{ id, atMs, client, kind, scored }] = between.generations as [TestRecorder['generations'][number]];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(atMs - Date.now())).toBeLessThan(60_000);
    expect(client).toBe('node');
    expect(kind).toBe('content');
    expect(scored.token(0)).toMatchObject({ text: 'return', logprobNats: -0.12 });
    expect(scored.token(0).alternatives).toHaveLength(2);
    expect(scored.source).toStrictEqual({
      engine: 'recorder',
      model: `gpt-4.1-mini@${new URL(between.recorder.upstream).host}`,
      tokenizer: 'of the model',
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
      mode: 'generated',
      contextPolicy: 'as the client prompted',
    });
  });

  it.each([
    [{ 'user-agent': 'OpenAI/JS 7.57.0' }, 'OpenAI'],
    [{ 'user-agent': 'Continue/1.2 (linux)' }, 'Continue'],
    [{ 'user-agent': 'x', 'x-title': 'Cline' }, 'Cline'],
    [{ 'user-agent': '<script>alert(1)</script>' }, null],
    [{ 'user-agent': 'a'.repeat(100) }, null],
  ])('names the client: %j', async (headers, name) => {
    const reply = JSON.stringify({ choices: [{ index: 0, message: { content: 'return a;' } }] });
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(reply);
    });
    await using between = await recorderBefore(server.rootUrl);
    await post(`${between.address}/chat/completions`, {}, headers);
    expect(between.generations[0]?.client).toBe(name);
  });

  it('is each of several answers, streamed in turns', async () => {
    const chunk = (index: number, content: string): string =>
      `data: ${JSON.stringify({ model: 'm', choices: [{ index, delta: { content }, logprobs: { content: [{ token: content, logprob: -1 }] } }] })}\n\n`;
    await using server = await scriptedUpstream((_, response) => {
      const chunks = [chunk(0, 'let a'), chunk(1, 'var b'), chunk(1, ' = 2;'), chunk(0, ' = 1;')];
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${chunks.join('')}data: [DONE]\n\n`);
    });
    await using between = await recorderBefore(server.rootUrl);
    await post(`${between.address}/chat/completions`, { stream: true, n: 2 });
    expect(between.generations.map(({ scored }) => scored.text)).toStrictEqual(['let a = 1;', 'var b = 2;']);
    expect(between.recorder.counts).toMatchObject({ requests: 1, recorded: 2 });
  });

  it('is what tools are called with, unscored', async () => {
    const content = 'def add(a, b):\n    return a + b\n';
    const call = { index: 0, function: { name: 'write_file', arguments: JSON.stringify({ path: 'a.py', content }) } };
    const reply = { model: 'm', choices: [{ index: 0, message: { content: null, tool_calls: [call] } }] };
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    });
    await using between = await recorderBefore(server.rootUrl);
    await post(`${between.address}/chat/completions`, { tools: [] });
    expect(between.generations).toMatchObject([{ kind: 'tool-call', scored: { text: content, tokenCount: 1 } }]);
    expect(between.generations[0]?.scored.source.model).toMatch(/^m@/);
    expect(between.recorder.counts).toMatchObject({ recorded: 0, unscored: 1 });
  });

  it('is of the distribution that the server says', async () => {
    const row = {
      id: 1,
      token: 'a',
      bytes: [97],
      prob: 0.5,
      top_probs: [{ id: 1, token: 'a', bytes: [97], prob: 0.5 }],
    };
    const reply = { content: 'a', tokens: [1], stop_type: 'limit', completion_probabilities: [row], model: 'm' };
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    });
    await using between = await recorderBefore(server.rootUrl);
    await post(`${between.address}/completion`, { n_probs: 1, post_sampling_probs: true, temperature: 0.7 });
    expect(between.generations[0]?.scored.source.distribution).toStrictEqual({ kind: 'scaled', temperature: 0.7 });
  });

  it.each([
    ['blank', { choices: [{ index: 0, message: { content: ' \n' } }] }],
    ['an error', { error: { message: 'no' } }],
    ['reasoning', { choices: [{ index: 0, message: { content: '', reasoning_content: 'let me think about it' } }] }],
  ])('is not %s', async (_, reply) => {
    await using server = await scriptedUpstream((__, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    });
    await using between = await recorderBefore(server.rootUrl);
    await post(`${between.address}/chat/completions`, {});
    expect(between.generations).toHaveLength(0);
  });
});
