import OpenAI, { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import { recorderBefore, scriptedUpstream, until, type ScriptedUpstream } from '../../../support/recorderHarness.ts';

/**
 * The official client of OpenAI before a server that does as OpenAI's does, with the recorder between and without: the client's
 * decoded events are equal, and so are its errors.
 */
const WRITTEN = ['const ', 'né = ', 'sum(', 'items);', '\n'];

const rowOf = (token: string): object => ({
  token,
  logprob: -0.5,
  bytes: [...Buffer.from(token)],
  top_logprobs: [
    { token, logprob: -0.5, bytes: [...Buffer.from(token)] },
    { token: 'x', logprob: -2, bytes: [120] },
  ],
});

function scripted(): Promise<ScriptedUpstream> {
  return scriptedUpstream(async ({ url, json = {} }, response) => {
    const events = url === '/v1/responses' ? responseEvents(json) : chatChunks(json);
    if (json.model === 'broken') {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"broken","type":"x"}}');
    } else if (json.model === 'strict' && json.logprobs === true) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no logprobs"}}');
    } else if (json.stream === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write(': OPENROUTER PROCESSING\n\n');
      for (const event of events) {
        // In two pieces, cut where a character may be.
        const bytes = Buffer.from(event);
        response.write(bytes.subarray(0, bytes.indexOf(0xc3) + 1));
        await new Promise((resolve) => setTimeout(resolve, 1));
        response.write(bytes.subarray(bytes.indexOf(0xc3) + 1));
      }
      if (json.model === 'dying') response.destroy();
      else response.end(url === '/v1/responses' ? '' : 'data: [DONE]\n\n');
    } else {
      const body = url === '/v1/responses' ? responseOf(json, 'completed') : chatOf(json);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body, null, 2));
    }
  });
}

type Asked = Readonly<Record<string, unknown>>;

const CHAT = { id: 'chatcmpl-1', created: 1_760_000_000, model: 'gpt', system_fingerprint: 'fp' };

const TOOL = { path: 'a.py', content: 'def add(a, b):\n    return a + b\n' };

function chatOf({ logprobs, tools, n }: Asked): object {
  const function_ = { name: 'write', arguments: JSON.stringify(TOOL) };
  const message =
    tools === undefined
      ? { role: 'assistant', content: WRITTEN.join(''), refusal: null }
      : { role: 'assistant', content: null, tool_calls: [{ id: 't', type: 'function', function: function_ }] };
  const rows = logprobs === true && tools === undefined ? { content: WRITTEN.map(rowOf), refusal: null } : null;
  const choice = { index: 0, message, logprobs: rows, finish_reason: 'stop' };
  const choices = Array.from({ length: Number(n ?? 1) }, (_, index) => ({ ...choice, index }));
  return {
    ...CHAT,
    object: 'chat.completion',
    choices,
    usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 },
  };
}

function chatChunks({ logprobs, tools }: Asked): readonly string[] {
  const chunk = (delta: object, rows: object | null, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({ ...CHAT, object: 'chat.completion.chunk', choices: [{ index: 0, delta, logprobs: rows, finish_reason }] })}\n\n`;
  const none = logprobs === true ? { content: [], refusal: null } : null;
  const pieces = JSON.stringify(TOOL).match(/.{1,9}/gs) ?? [];
  return [
    chunk({ role: 'assistant', content: '', refusal: null }, none),
    ...(tools === undefined
      ? WRITTEN.map((content) =>
          chunk({ content }, logprobs === true ? { content: [rowOf(content)], refusal: null } : null),
        )
      : pieces.map((piece) => chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }, null))),
    chunk({}, null, 'stop'),
    `data: ${JSON.stringify({ ...CHAT, object: 'chat.completion.chunk', choices: [], usage: { total_tokens: 8 } })}\n\n`,
  ];
}

function responseOf({ include, top_logprobs }: Asked, status: string): object {
  const logprobs = include === undefined ? [] : WRITTEN.map(rowOf);
  const content = [{ type: 'output_text', annotations: [], logprobs, text: WRITTEN.join('') }];
  const item = { id: 'msg', type: 'message', status, role: 'assistant', content };
  return { id: 'resp', object: 'response', status, model: 'gpt', output: [item], top_logprobs: top_logprobs ?? 0 };
}

function responseEvents(asked: Asked): readonly string[] {
  const common = { item_id: 'msg', output_index: 0, content_index: 0 };
  const logprobs = (tokens: readonly string[]): object[] => (asked.include === undefined ? [] : tokens.map(rowOf));
  const events = [
    ...WRITTEN.map((delta) => ({ type: 'response.output_text.delta', ...common, delta, logprobs: logprobs([delta]) })),
    { type: 'response.output_text.done', ...common, text: WRITTEN.join(''), logprobs: logprobs(WRITTEN) },
    { type: 'response.completed', response: responseOf(asked, 'completed') },
  ];
  return events.map(
    (event, at) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`,
  );
}

const ASKED = { model: 'gpt', messages: [{ role: 'user' as const, content: 'add' }] };
const TOOLS = [{ type: 'function' as const, function: { name: 'write', parameters: {} } }];

/** Ways to ask, and how many generations are recorded with rows, and without. */
const WAYS: readonly (readonly [string, (client: OpenAI) => Promise<unknown>, number, number])[] = [
  ['a chat', (client) => client.chat.completions.create(ASKED), 1, 0],
  [
    'a chat, streamed',
    async (client) => collect(await client.chat.completions.create({ ...ASKED, stream: true })),
    1,
    0,
  ],
  ['two answers', (client) => client.chat.completions.create({ ...ASKED, n: 2 }), 2, 0],
  [
    'log-probabilities, streamed',
    async (client) =>
      collect(await client.chat.completions.create({ ...ASKED, stream: true, logprobs: true, top_logprobs: 2 })),
    1,
    0,
  ],
  ['a tool', (client) => client.chat.completions.create({ ...ASKED, tools: TOOLS }), 0, 1],
  [
    'a tool, streamed',
    async (client) => collect(await client.chat.completions.create({ ...ASKED, tools: TOOLS, stream: true })),
    0,
    1,
  ],
  ['a model that refuses', (client) => client.chat.completions.create({ ...ASKED, model: 'strict' }), 0, 1],
  ['a response', (client) => client.responses.create({ model: 'gpt', input: 'add' }), 1, 0],
  [
    'a response, streamed',
    async (client) => collect(await client.responses.create({ model: 'gpt', input: 'add', stream: true })),
    1,
    0,
  ],
  [
    'a response with log-probabilities',
    (client) => client.responses.create({ model: 'gpt', input: 'add', include: ['message.output_text.logprobs'] }),
    1,
    0,
  ],
];

describe('the official client', () => {
  it.each(WAYS)('gets the same with the recorder and without: %s', async (_, ask, recorded, unscored) => {
    await using server = await scripted();
    await using between = await recorderBefore(`${server.rootUrl}/v1`);
    const direct = await ask(clientOf(`${server.rootUrl}/v1`));
    const through = await ask(clientOf(between.address));
    expect(through).toStrictEqual(direct);
    await until(() => between.generations.length === recorded + unscored);
    expect(between.recorder.counts).toStrictEqual({ requests: 1, recorded, unscored, refused: 0 });
    for (const { kind, scored } of between.generations) {
      expect(scored.text).toBe(kind === 'tool-call' ? TOOL.content : WRITTEN.join(''));
    }
    if (recorded > 0)
      expect([...between.generations[0]!.scored.measures.logprobsNats]).toStrictEqual(WRITTEN.map(() => -0.5));
  });

  it('gets the same errors', async () => {
    await using server = await scripted();
    await using between = await recorderBefore(`${server.rootUrl}/v1`);
    const [direct, through] = await Promise.all(
      [`${server.rootUrl}/v1`, between.address].map((address) =>
        clientOf(address)
          .chat.completions.create({ ...ASKED, model: 'broken' })
          .catch((error: unknown) => error),
      ),
    );
    expect(through).toBeInstanceOf(APIError);
    expect(through).toMatchObject({ status: 500, message: (direct as APIError).message });
  });

  it('sees that a stream broke off', async () => {
    await using server = await scripted();
    await using between = await recorderBefore(`${server.rootUrl}/v1`);
    const stream = await clientOf(between.address).chat.completions.create({ ...ASKED, model: 'dying', stream: true });
    await expect(collect(stream)).rejects.toThrow();
    expect(between.generations[0]?.scored.text).toBe(WRITTEN.join(''));
  });

  it('says clearly that the server is not there', async () => {
    await using between = await recorderBefore('http://127.0.0.1:1/v1');
    const asking = clientOf(between.address).chat.completions.create(ASKED);
    await expect(asking).rejects.toMatchObject({
      status: 502,
      message: expect.stringContaining('cannot be reached') as string,
    });
  });
});

function clientOf(baseURL: string): OpenAI {
  return new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
}

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of stream) events.push(event);
  return events;
}
