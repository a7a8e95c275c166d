import OpenAI from 'openai';
import { CandorError } from '../../core/candorError.ts';
import { parseJson, type JsonRecord } from '../../wire/jsonReaders.ts';
import { limitConcurrency } from './limitConcurrency.ts';
import { cutReply, serverError, timedOut, tooLong } from './serverError.ts';

export interface ServerClientOptions {
  /** Where the OpenAI routes are, mostly ending in `/v1`. */
  readonly baseUrl: string;
  /** Sent to that address only, and never kept in an error or a log. */
  readonly apiKey?: string;
  /** Most milliseconds of one request, with all its retries. */
  readonly timeoutMs?: number;
  readonly maxConcurrent?: number;
  readonly maxReplyBytes?: number;
  readonly maxRetries?: number;
}

/** Speaks JSON with a server. Every call ends in a JSON value, a CandorError, or the reason of its signal. */
export interface ServerClient {
  readonly baseUrl: string;
  /** @param route Below the base URL; with `/` in front, below the server's root, where native routes are. */
  post(route: string, body: JsonRecord, signal?: AbortSignal): Promise<unknown>;
  get(route: string, signal?: AbortSignal): Promise<unknown>;
  /** Ends what is under way. */
  close(): void;
}

/**
 * A client for any server that speaks as OpenAI does. The `openai` package retries (429, 5xx, lost connections) with a
 * jittered back-off and obeys `Retry-After`; headers that it takes from the environment are not sent.
 * @throws CandorError `bad-call` for an address that is none
 */
export function createServerClient(options: ServerClientOptions): ServerClient {
  const { timeoutMs = 120_000, maxConcurrent = 4, maxReplyBytes = 64 * 1024 * 1024, maxRetries = 2 } = options;
  const baseUrl = checkedUrl(options.baseUrl);
  const rootUrl = baseUrl.replace(/\/v\d+$/, '');
  const runLimited = limitConcurrency(maxConcurrent);
  let closing = new AbortController();
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch: (url, init) => fetchPlainly(url, init, options.apiKey),
  });

  async function ask(method: 'get' | 'post', route: string, body?: JsonRecord, given?: AbortSignal): Promise<unknown> {
    const url = route.startsWith('/') ? `${rootUrl}${route}` : `${baseUrl}/${route}`;
    const deadline = AbortSignal.timeout(timeoutMs);
    const closed = closing.signal;
    const signal = AbortSignal.any([deadline, closed, ...(given === undefined ? [] : [given])]);
    try {
      const response = await client[method](url, { ...(body === undefined ? {} : { body }), signal }).asResponse();
      const value = parseJson(await readText(response, maxReplyBytes));
      if (value === undefined) throw cutReply();
      return value;
    } catch (error) {
      given?.throwIfAborted();
      closed.throwIfAborted();
      throw deadline.aborted ? timedOut() : serverError(error);
    }
  }

  return {
    baseUrl,
    post: (route, body, signal) => runLimited(() => ask('post', route, body, signal), signal),
    get: (route, signal) => runLimited(() => ask('get', route, undefined, signal), signal),
    close: () => {
      closing.abort(new CandorError('engine-failed', 'The connection to the model server was closed. Ask again.'));
      closing = new AbortController();
    },
  };
}

function checkedUrl(given: string): string {
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new CandorError('bad-call', 'The address of the model server must begin with http:// or https://.');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new CandorError('bad-call', 'The address of the model server must end with its path. Leave the rest out.');
  }
  return url.href.replace(/\/+$/, '');
}

/** Fetches with no headers but ours, follows no redirect (it could carry the text elsewhere), and reads no error's body. */
async function fetchPlainly(url: string | URL | Request, init: RequestInit = {}, apiKey?: string): Promise<Response> {
  const headers = {
    accept: 'application/json',
    ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  const response = await fetch(url, { ...init, headers, redirect: 'manual' });
  if (response.ok) return response;
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** The body as text. @throws CandorError for a body that is too long or ends too early */
async function readText(response: Response, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let length = 0;
  try {
    const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
    for await (const piece of body) {
      length += piece.length;
      if (length > mostBytes) throw tooLong();
      pieces.push(decoder.decode(piece, { stream: true }));
    }
  } catch (error) {
    throw CandorError.is(error) ? error : cutReply();
  }
  return pieces.join('') + decoder.decode();
}
