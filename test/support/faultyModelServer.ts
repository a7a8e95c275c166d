import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seededRandom } from '../../src/core/seededRandom.ts';

/** What goes wrong with a call. `refused`: 429, as a burst of calls gets it. */
export type Fault = 'none' | 'broken' | 'stalled' | 'reset' | 'cut' | 'refused';

export interface FaultPlan {
  readonly seed: number;
  /** Chance of each try of a call, in [0, 1]; the rest go well. */
  readonly broken?: number;
  readonly stalled?: number;
  readonly reset?: number;
  readonly cut?: number;
  /** Every so many calls the next few are refused: an overload, which does not ask whose call it is. Absent: never. */
  readonly refusesEvery?: number;
  readonly refusesAtOnce?: number;
  /** Texts that hold it break the server each time. */
  readonly breaksOn?: string;
  /** Texts that hold it are not accepted (400). */
  readonly rejects?: string;
}

export interface FaultyModelServer extends AsyncDisposable {
  readonly baseUrl: string;
  /** Faults that were dealt out, and calls that went well (`none`). */
  readonly dealt: Readonly<Record<Fault, number>>;
  /** Most calls that it had to work on at once. */
  readonly mostAtOnce: () => number;
}

/** Work on a call takes so long: many are under way together. */
const WORK_MS = 12;

/** How long refused calls are told to wait: as seconds, as a date, or in the way of OpenAI. */
const REFUSALS: readonly (() => Readonly<Record<string, string>>)[] = [
  () => ({ 'retry-after-ms': '150' }),
  () => ({ 'x-ratelimit-reset-requests': '120ms', 'x-ratelimit-remaining-requests': '0' }),
  () => ({ 'retry-after': '0' }),
  () => ({ 'retry-after': new Date(Date.now() + 1000).toUTCString() }),
];

/**
 * vLLM's completions (`prompt_logprobs`, `return_token_ids`), `/version` and `/v1/models`, with faults by a plan. What it says of a
 * token depends on the text up to it and on nothing else. Which try of which call fails is drawn from the seed and the call, so it
 * is the same in whatever order calls come; bursts of refusals go by the order.
 */
export async function startFaultyModelServer(plan: FaultPlan): Promise<FaultyModelServer> {
  const dealt: Record<Fault, number> = { none: 0, broken: 0, stalled: 0, reset: 0, cut: 0, refused: 0 };
  const tries = new Map<string, number>();
  const working = new Set<ServerResponse>();
  let calls = 0;
  let refusals = 0;
  let mostAtOnce = 0;

  function faultOf(key: string): Fault {
    calls += 1;
    const nth = tries.get(key) ?? 0;
    tries.set(key, nth + 1);
    const { refusesEvery = Infinity, refusesAtOnce = 1 } = plan;
    if (calls > refusesEvery && calls % refusesEvery < refusesAtOnce) return 'refused';
    const digest = createHash('sha256').update(`${plan.seed} ${nth} ${key}`).digest();
    let drawn = seededRandom(digest.readInt32LE(0)).uniform();
    for (const fault of ['broken', 'stalled', 'reset', 'cut'] as const) {
      drawn -= plan[fault] ?? 0;
      if (drawn < 0) return fault;
    }
    return 'none';
  }

  function serve(incoming: IncomingMessage, text: string, response: ServerResponse): void {
    const route = incoming.url ?? '';
    const body = (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>;
    const prompt = typeof body.prompt === 'string' ? body.prompt : '';
    const breaks = plan.breaksOn !== undefined && prompt.includes(plan.breaksOn);
    const fault = breaks ? 'broken' : faultOf(`${route} ${text}`);
    dealt[fault] += 1;
    switch (fault) {
      case 'broken':
        send(response, 500, { error: { message: 'EngineCore encountered an issue', code: 500 } });
        return;
      case 'refused':
        send(response, 429, { error: { message: 'too many', code: 429 } }, REFUSALS[refusals++ % REFUSALS.length]!());
        return;
      case 'reset':
        response.destroy();
        return;
      case 'stalled':
        return;
      case 'cut':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
        response.write('{"choices":', () => response.destroy());
        return;
      case 'none':
        if (plan.rejects !== undefined && prompt.includes(plan.rejects)) {
          send(response, 400, { error: { message: 'maximum context length is 16 tokens', code: 400 } });
        } else answer(response, route, body, prompt);
    }
  }

  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('error', () => undefined);
    working.add(response);
    response.on('error', () => undefined).on('close', () => working.delete(response));
    incoming.on('end', () => {
      setTimeout(() => {
        // Counted a little after it came: that a client has left, the line tells later than it brings its next call.
        mostAtOnce = Math.max(mostAtOnce, working.size);
        if (!response.destroyed) serve(incoming, Buffer.concat(pieces).toString(), response);
      }, WORK_MS);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    dealt,
    mostAtOnce: () => mostAtOnce,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function answer(
  response: ServerResponse,
  route: string,
  body: Readonly<Record<string, unknown>>,
  prompt: string,
): void {
  switch (route) {
    case '/version':
      send(response, 200, { version: '0.16.0' });
      return;
    case '/v1/models':
      send(response, 200, { object: 'list', data: [{ id: 'tiny', object: 'model', owned_by: 'vllm' }] });
      return;
    case '/v1/completions':
      send(response, 200, completion(prompt, body));
      return;
    default:
      send(response, 404, { detail: 'Not Found' });
  }
}

/** It writes `x` again and again, whatever stands before. */
function completion(prompt: string, body: Readonly<Record<string, unknown>>): unknown {
  const before = tokensOf(prompt);
  const written = Array.from({ length: Number(body.max_tokens) }, () => ' x');
  const ofWritten = written.map((token, at) => logprobOf([prompt, ...written.slice(0, at), token].join('')));
  const tops = written.map((token, at) => ({ [token]: ofWritten[at]!, ' other': -4, ' third': -5 }));
  const choice = {
    index: 0,
    text: written.join(''),
    finish_reason: 'length',
    logprobs:
      typeof body.logprobs === 'number'
        ? { tokens: written, token_logprobs: ofWritten, top_logprobs: tops, text_offset: written.map(() => 0) }
        : null,
    ...(typeof body.prompt_logprobs === 'number' && {
      prompt_logprobs: before.map(({ text, start }, at) =>
        at === 0
          ? null
          : {
              [String(100 + at)]: {
                logprob: logprobOf(prompt.slice(0, start + text.length)),
                rank: 1,
                decoded_token: text,
              },
              '1': { logprob: -4, rank: 2, decoded_token: ' other' },
            },
      ),
      prompt_token_ids: before.map((_, at) => 100 + at),
    }),
  };
  const usage = { prompt_tokens: before.length, completion_tokens: written.length };
  return { id: 'cmpl-0', object: 'text_completion', model: 'tiny', choices: [choice], usage };
}

function tokensOf(text: string): readonly { readonly text: string; readonly start: number }[] {
  return Array.from(text.matchAll(/\n| ?[^\s]+|\s/gu), (match) => ({ text: match[0], start: match.index }));
}

/** In nats, from -3 to 0, by what a text ends with. */
function logprobOf(text: string): number {
  return -3 * seededRandom(createHash('sha256').update(text.slice(-40)).digest().readInt32LE(0)).uniform();
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
