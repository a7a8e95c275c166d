import type { ServerResponse } from 'node:http';

/** Replies that no server should give, drawn from a seeded generator. */

export interface Random {
  /** A number in [0, 1). */
  readonly next: () => number;
  readonly below: (end: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
}

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return { next, below, pick: (items) => items[below(items.length)]! };
}

export interface HostileRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly authorization: string;
}

type Reply = (random: Random, request: HostileRequest, response: ServerResponse) => void;

const TYPES = ['application/json', 'text/event-stream', 'application/x-ndjson', 'text/html', 'image/png', ''];
const PIECES = [
  'const',
  ' caf',
  'é',
  '☕',
  '\ufffd',
  ' =',
  ' "',
  '\n',
  '',
  '\u0000',
  '😀',
  'token_id:42',
  'bytes:\\xf0',
];
const NUMBERS = [-0.5, -2, -7.25, 0, -0, 3, 1e308, -1e308, -9999, -3.4e38, null, 'NaN', '-1', {}, [], true, -1e-320];

/** Ends a reply that nobody waits for any more. */
function untilClosed(response: ServerResponse, timer: NodeJS.Timeout): void {
  response.on('close', () => {
    clearInterval(timer);
  });
}

function head(random: Random, response: ServerResponse, type = random.pick(TYPES)): ServerResponse {
  return response.writeHead(200, type === '' ? {} : { 'content-type': type });
}

function row(random: Random): object {
  const token = random.pick(PIECES);
  const bytes = random.pick([[...Buffer.from(token)], null, [255, 300], 'x', [240, 159]]);
  const top = { token: random.pick(PIECES), bytes: null, logprob: random.pick(NUMBERS), id: random.below(300) };
  const top_logprobs = random.pick<unknown>([[], [top], [top, top], null, 'none', [null], { a: 1 }]);
  const named = random.pick(['logprob', 'prob']);
  return { id: random.below(300), token, bytes, [named]: random.pick(NUMBERS), top_logprobs };
}

function list<T>(random: Random, most: number, make: () => T): T[] {
  return Array.from({ length: random.below(most) }, make);
}

/** Something of the right shape that lies: wrong texts, numbers, ids and lengths. */
function lie(random: Random, { body }: HostileRequest): unknown {
  const rows = list(random, 8, () => row(random));
  const text = list(random, 6, () => random.pick(PIECES)).join('');
  const logprobs = random.pick<unknown>([
    { content: rows },
    {
      tokens: list(random, 6, () => random.pick(PIECES)),
      token_logprobs: list(random, 9, () => random.pick(NUMBERS)),
      top_logprobs: list(random, 5, () => ({ [random.pick(PIECES)]: random.pick(NUMBERS) })),
    },
    null,
  ]);
  const ids = [...String(body.grammar).matchAll(/<\[(\d+)\]>/g)].map(([, id]) => Number(id));
  const finish_reason = random.pick(['stop', 'length', null, 7]);
  const sglangRow = (): unknown =>
    random.pick<unknown>([[random.pick(NUMBERS), 7, random.pick(PIECES)], null, [], 'x']);
  return random.pick<() => unknown>([
    () => ({ choices: [{ index: random.below(2), text, message: { content: text }, logprobs, finish_reason }] }),
    () => ({ choices: [{ delta: { content: text }, logprobs, finish_reason }], usage: { prompt_tokens: -1 } }),
    () => ({
      choices: [{ text, prompt_token_ids: list(random, 5, () => random.below(9)) }],
      prompt_logprobs: list(random, 6, () => ({
        [random.below(9)]: { logprob: random.pick(NUMBERS), decoded_token: text },
      })),
    }),
    () => ({
      content: text,
      tokens: random.pick([ids, ids.slice(1), [1, 2], 'x']),
      completion_probabilities: ids.length > 0 ? ids.map((id) => ({ ...row(random), id })) : rows,
      stop: random.pick([true, false, 'x']),
      stop_type: random.pick(['limit', 'none', 3]),
      tokens_predicted: random.pick([1, 9, -1, 1e9]),
      timings: { draft_n: random.pick([0, 3]) },
    }),
    () => ({ response: text, done: random.pick([true, false]), logprobs: rows, done_reason: finish_reason }),
    () => ({
      text,
      meta_info: {
        completion_tokens: random.below(9),
        output_token_logprobs: list(random, 5, sglangRow),
        input_token_logprobs: list(random, 9, sglangRow),
      },
    }),
    () => ({
      tokens: list(random, 30, () =>
        random.pick<unknown>([
          { id: random.below(300), piece: random.pick<unknown>([...PIECES, [240], [159, 146]]) },
          random.below(99),
        ]),
      ),
    }),
    () => ({ data: list(random, 4, () => ({ id: random.pick<unknown>(['m', 7, null, 'a\u0007b']) })) }),
    () => ({
      version: random.pick<unknown>(['1', 'x'.repeat(999), null, 5]),
      build_info: random.pick<unknown>([1, 'b1']),
    }),
    () => ({ error: { message: 'no' } }),
  ])();
}

function junk(random: Random, depth: number): unknown {
  const leaf = random.pick<unknown>([...NUMBERS, ...PIECES, Number.MAX_SAFE_INTEGER]);
  if (depth === 0) return leaf;
  const names = ['choices', 'logprobs', 'content', 'text', 'meta_info', 'done', '__proto__', 'tokens', 'data', 'x'];
  return random.pick<() => unknown>([
    () => leaf,
    () => list(random, 5, () => junk(random, depth - 1)),
    () => Object.fromEntries(list(random, 5, () => [random.pick(names), junk(random, depth - 1)])),
  ])();
}

function streamText(random: Random, request: HostileRequest): string {
  const chunk = (): string => JSON.stringify(lie(random, request));
  const line = (): string =>
    random.pick<() => string>([
      ...Array<() => string>(12).fill(() => `data: ${chunk()}\n\n`),
      () => `${chunk()}\n`,
      () => ': ping\n\n',
      () => 'data: {"cut":\n\n',
      () => `event: x\r\ndata: ${chunk()}\r\n\r\n`,
      () => 'data:\ndata:\n\n',
      () => '\u0000\u0001garbage\n',
    ])();
  return `${list(random, 8, line).join('')}${random.pick(['data: [DONE]\n\n', '', 'data: [DO'])}`;
}

const STATUSES = [300, 301, 302, 307, 308, 400, 401, 404, 408, 409, 413, 422, 429, 429, 429, 500, 502, 503, 529, 599];
const RETRY_AFTER = ['0', '1', '1e9', '-5', 'soon', 'Fri, 31 Dec 9999 23:59:59 GMT', '99999999999999999999', ''];

/** The kinds of reply, with how often each comes. The slow ones are few: each costs its whole deadline. */
const REPLIES: readonly (readonly [weight: number, reply: Reply])[] = [
  [
    40,
    (random, request, response) => {
      head(random, response, 'application/json').end(JSON.stringify(lie(random, request)));
    },
  ],
  [
    20,
    (random, request, response) => {
      head(random, response).end(streamText(random, request));
    },
  ],
  [
    10,
    (random, _, response) => {
      head(random, response).end(JSON.stringify(junk(random, 5)));
    },
  ],
  [
    8,
    (random, { authorization, body }, response) => {
      const retry = random.pick(RETRY_AFTER);
      const headers = { ...(retry === '' ? {} : { 'retry-after': retry }), location: '/trap' };
      // A server that gives away what it was sent.
      response
        .writeHead(random.pick(STATUSES), headers)
        .end(JSON.stringify({ error: { message: authorization, body } }));
    },
  ],
  [
    5,
    (random, request, response) => {
      const text = `${JSON.stringify(lie(random, request))}${streamText(random, request)}`;
      response.writeHead(200, { 'content-type': random.pick(TYPES.slice(0, 4)), 'content-length': text.length * 4 });
      response.write(text.slice(0, 1 + random.below(text.length)));
      setTimeout(() => response.destroy(), 2);
    },
  ],
  [
    4,
    (random, _, response) => {
      const bytes = Buffer.from(list(random, 200, () => random.below(256)));
      head(random, response).end(
        random.pick([bytes, Buffer.concat([Buffer.from('data: "'), bytes, Buffer.from('"\n\n')])]),
      );
    },
  ],
  [
    2,
    (random, _, response) => {
      head(random, response).end(random.pick(['', ' ', '\n\n', '[', '{}', 'null', '"'.repeat(99), '['.repeat(20_000)]));
    },
  ],
  [
    2,
    (random, _, response) => {
      head(random, response).end(`{"choices":[{"text":"${'a'.repeat(200_000)}"}]}`);
    },
  ],
  [2, (_, __, response) => response.destroy()],
  [
    1,
    (random, request, response) => {
      const text = streamText(random, request) || ' ';
      let at = 0;
      head(random, response);
      const write = (): boolean => response.write(at < text.length ? text[at++]! : random.pick([' ', '\n', ': x\n']));
      untilClosed(response, setInterval(write, 5));
    },
  ],
];

const TOTAL = REPLIES.reduce((sum, [weight]) => sum + weight, 0);

/** Answers a request as the generator says. */
export function replyHostilely(random: Random, request: HostileRequest, response: ServerResponse): void {
  let left = random.below(TOTAL);
  for (const [weight, reply] of REPLIES) {
    left -= weight;
    if (left < 0) {
      reply(random, request, response);
      return;
    }
  }
}
