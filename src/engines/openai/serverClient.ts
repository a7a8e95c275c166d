import OpenAI from 'openai';
import { CandorError } from '../../core/candorError.ts';
import { parseJson, type JsonRecord } from '../../wire/jsonReaders.ts';
import type { StreamEvent } from '../../wire/streamEvent.ts';
import { limitConcurrency } from './limitConcurrency.ts';
import { readEvents, wholeAnswer } from './readEvents.ts';
import { cutReply, serverError, timedOut, tooLong } from './serverError.ts';

export interface ServerClientOptions {
  /** Where the OpenAI routes are, mostly ending in `/v1`. */
  readonly baseUrl: string;
  /** Sent to that address only, and never kept in an error or a log. */
  readonly apiKey?: string;
  /** Most milliseconds of one request, with all its retries; of a stream, until the next event comes. */
  readonly timeoutMs?: number;
  readonly maxConcurrent?: number;
  readonly maxReplyBytes?: number;
  readonly maxRetries?: number;
}

/** Speaks JSON with a server. Every call ends in a result, a CandorError, or the reason of its signal. */
export interface ServerClient {
  readonly baseUrl: string;
  /** @param route Below the base URL; with `/` in front, below the server's root, where native routes are. */
  post(route: string, body: JsonRecord, signal?: AbortSignal): Promise<unknown>;
  get(route: string, signal?: AbortSignal): Promise<unknown>;
  /**
   * The events of an answer as they come. Each may take as long as a whole request otherwise; whoever stops listening
   * ends the request.
   */
  stream(route: string, body: JsonRecord, signal?: AbortSignal): AsyncIterable<StreamEvent>;
  /** Ends what is under way. */
  close(): void;
}

/**
 * A client for any server that speaks as OpenAI does. The `openai` package retries (429, 5xx, lost connections) with a
 * jittered back-off and obeys `Retry-After` as far as the deadline lets it; headers that it takes from the environment
 * are not sent.
 * @throws CandorError `bad-call` for an address that is none
 */
export function createServerClient(options: ServerClientOptions): ServerClient {
  const { timeoutMs = 120_000, maxConcurrent = 4, maxReplyBytes = 64 * 1024 * 1024, maxRetries = 2 } = options;
  const baseUrl = checkedUrl(options.baseUrl);
  const rootUrl = baseUrl.replace(/\/v\d+$/, '');
  const enter = limitConcurrency(maxConcurrent);
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

  /** The events of an answer. Each may take `timeoutMs`, the first one with all retries. */
  async function* ask(
    { method, route, body, signal: given }: Asked,
    read: (response: Response) => EventsOf,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const url = route.startsWith('/') ? `${rootUrl}${route}` : `${baseUrl}/${route}`;
    const leave = await enter(given);
    const closed = closing.signal;
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
    }, timeoutMs);
    const signal = AbortSignal.any([late.signal, closed, ...(given === undefined ? [] : [given])]);
    try {
      const response = await client[method](url, { ...(body === undefined ? {} : { body }), signal }).asResponse();
      for await (const event of read(response)(piecesOf(response, maxReplyBytes))) {
        timer.refresh();
        yield event;
      }
    } catch (error) {
      given?.throwIfAborted();
      closed.throwIfAborted();
      throw late.signal.aborted ? timedOut() : serverError(error);
    } finally {
      clearTimeout(timer);
      leave();
    }
  }

  async function askWhole(asked: Asked): Promise<unknown> {
    for await (const event of ask(asked, () => wholeAnswer)) {
      const value = event.kind === 'data' ? parseJson(event.data) : undefined;
      if (value !== undefined) return value;
    }
    throw cutReply();
  }

  return {
    baseUrl,
    post: (route, body, signal) => askWhole({ method: 'post', route, body, signal }),
    get: (route, signal) => askWhole({ method: 'get', route, signal }),
    stream: (route, body, signal) =>
      ask({ method: 'post', route, body, signal }, (response) => (isWhole(response) ? wholeAnswer : readEvents)),
    close: () => {
      closing.abort(new CandorError('engine-failed', 'The connection to the model server was closed. Ask again.'));
      closing = new AbortController();
    },
  };
}

interface Asked {
  readonly method: 'get' | 'post';
  readonly route: string;
  readonly body?: JsonRecord;
  readonly signal: AbortSignal | undefined;
}

type EventsOf = (pieces: AsyncIterable<string>) => AsyncIterable<StreamEvent>;

/** Whether an answer comes whole: some servers pass over the wish for a stream. */
function isWhole(response: Response): boolean {
  return /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
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
    accept: 'application/json, text/event-stream, application/x-ndjson',
    ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  const response = await fetch(url, { ...init, headers, redirect: 'manual' });
  if (response.ok) return response;
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** The pieces of a body, as text. @throws CandorError for a body that is too long or ends too early */
async function* piecesOf(response: Response, mostBytes: number): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let length = 0;
  try {
    const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
    for await (const piece of body) {
      length += piece.length;
      if (length > mostBytes) throw tooLong();
      yield decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw CandorError.is(error) ? error : cutReply();
  }
}
