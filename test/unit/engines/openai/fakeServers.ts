import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: FakeRequest[];
}

type Answer = (request: FakeRequest, response: ServerResponse) => void;

/**
 * A server on this machine that answers as told and remembers what it was asked.
 * @param port 0 for one that is free
 */
export async function fakeServer(answer: Answer, port = 0): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const text = Buffer.concat(pieces).toString();
      const { method = '', url = '', headers } = incoming;
      const body = (text === '' ? {} : JSON.parse(text)) as FakeRequest['body'];
      const request = { method, url, headers, body };
      requests.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export interface FakeModel {
  /** Whether log-probabilities are of the distribution that the temperature reshaped. */
  readonly scales?: boolean;
  readonly logprobs?: boolean;
  /** Routes that it knows. */
  readonly routes?: readonly string[];
  /** Ways in which it scores a prompt; others are passed over in silence, as most servers do. */
  readonly scoring?: readonly ('prompt_logprobs' | 'echo' | 'return_logprob')[];
  readonly takesSuffix?: boolean;
  /** Rows are filled in, as by speculative decoding. */
  readonly drafts?: boolean;
  /** What is added to the numbers of a prompt: a server that contradicts what it said while it wrote. */
  readonly promptOffNats?: number;
  /** Numbers are divided among the named alternatives alone, as after top-k. */
  readonly truncates?: boolean;
}

const WRITTEN = [' caf', 'é', ' ☕'];
const ALL_ROUTES = ['/v1/completions', '/v1/chat/completions', '/v1/models', '/generate'];

/** A model that writes the same three tokens whatever it is asked, each with e^-0.5, and answers as the formats say. */
export function fakeModelServer(model: FakeModel = {}): Promise<FakeServer> {
  const { routes = ALL_ROUTES, scoring = ['prompt_logprobs', 'echo', 'return_logprob'], takesSuffix = true } = model;
  const has = (way: (typeof scoring)[number]): boolean => scoring.includes(way) && model.logprobs !== false;
  return fakeServer(({ url, body }, response) => {
    if (!routes.includes(url)) {
      sendJson(response, { error: { message: 'not found' } }, 404);
    } else if (url === '/v1/models') {
      sendJson(response, { object: 'list', data: [{ id: 'tiny', object: 'model' }] });
    } else if (url === '/generate') {
      sendJson(response, sglangAnswer(String(body.text), has('return_logprob'), model.promptOffNats));
    } else if (url === '/v1/chat/completions') {
      const message = { role: 'assistant', content: WRITTEN.join('') };
      const content = rowsOf(model, body.temperature as number, body.top_logprobs as number);
      const choice = { index: 0, message, logprobs: content && { content }, finish_reason: 'stop' };
      sendJson(response, { object: 'chat.completion', model: 'tiny', choices: [choice], usage: usageOf('chat') });
    } else {
      const prompt = String(body.prompt);
      const rows = rowsOf(model, body.temperature as number, body.logprobs as number);
      const echoes = body.echo === true && has('echo');
      const before = echoes ? tokensOf(prompt) : [];
      const written = rows?.slice(0, body.max_tokens as number) ?? [];
      const choice = {
        index: 0,
        text: `${echoes ? prompt : ''}${WRITTEN.slice(0, body.max_tokens as number).join('')}`,
        finish_reason: 'length',
        logprobs: rows && {
          tokens: [...before, ...written.map(({ token }) => token)],
          token_logprobs: [
            ...before.map((_, at) => (at === 0 ? null : -0.5 + (model.promptOffNats ?? 0))),
            ...written.map((row) => row.logprob),
          ],
          top_logprobs: [
            ...before.map((token, at) => (at === 0 ? null : { [token]: -0.5 })),
            ...written.map((row) => Object.fromEntries(row.top_logprobs.map((top) => [top.token, top.logprob]))),
          ],
        },
        ...(has('prompt_logprobs') && body.prompt_logprobs !== undefined
          ? {
              prompt_logprobs: promptLogprobs(prompt, model.promptOffNats),
              prompt_token_ids: tokensOf(prompt).map((_, at) => 100 + at),
            }
          : {}),
      };
      const usage = usageOf(
        `${prompt}${takesSuffix ? (typeof body.suffix === 'string' ? body.suffix : '') : ''}`,
        written.length,
      );
      sendJson(response, { object: 'text_completion', model: 'tiny', choices: [choice], usage });
    }
  });
}

export function tokensOf(text: string): readonly string[] {
  return text.match(/\n|^\S+| ?[^\s]+| /gu) ?? [];
}

function usageOf(prompt: string, completion = WRITTEN.length): object {
  return { prompt_tokens: tokensOf(prompt).length, completion_tokens: completion };
}

interface Row {
  readonly token: string;
  readonly bytes: number[];
  readonly logprob: number;
  readonly top_logprobs: readonly { token: string; bytes: number[]; logprob: number }[];
}

function rowsOf(model: FakeModel, temperature: number, topK: number | undefined): Row[] | null {
  if (model.logprobs === false || topK === undefined) return null;
  const reshaped =
    model.scales === true
      ? logSoftmax([-0.5, -1.5, -2.5], temperature, model.truncates === true ? 0 : 0.2)
      : [-0.5, -1.5, -2.5];
  return WRITTEN.map((token, at) => {
    const texts = [token, ` other${at}`, ` third${at}`];
    const top = texts.map((text, rank) => ({ token: text, bytes: [...Buffer.from(text)], logprob: reshaped[rank]! }));
    if (model.drafts === true) return { ...top[0]!, logprob: 0, top_logprobs: [] };
    return { ...top[0]!, top_logprobs: top.slice(0, topK) };
  });
}

/** @param others The weight of all tokens that are not named. */
function logSoftmax(logprobs: readonly number[], temperature: number, others: number): number[] {
  if (temperature === 0) return [0, -9999, -9999];
  const scaled = logprobs.map((value) => value / temperature);
  const total = Math.log(scaled.reduce((sum, value) => sum + Math.exp(value), others));
  return temperature === 1 ? [...logprobs] : scaled.map((value) => value - total);
}

function promptLogprobs(prompt: string, offNats = 0): unknown[] {
  return tokensOf(prompt).map((token, at) =>
    at === 0
      ? null
      : {
          [String(100 + at)]: { logprob: -0.5 + offNats, rank: 1, decoded_token: token },
          [String(1)]: { logprob: -3, rank: 2, decoded_token: 'other' },
        },
  );
}

function sglangAnswer(text: string, scores: boolean, offNats = 0): unknown {
  const input = tokensOf(text).map((token, at) => [at === 0 ? null : -0.5 + offNats, 100 + at, token]);
  const meta_info = {
    prompt_tokens: input.length,
    completion_tokens: 1,
    finish_reason: { type: 'length', length: 1 },
    ...(scores ? { input_token_logprobs: input, output_token_logprobs: [[-0.5, 7, WRITTEN[0]]] } : {}),
  };
  return { text: WRITTEN[0], output_ids: [7], meta_info };
}
