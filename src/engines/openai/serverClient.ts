import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { CandorError } from '../../core/candorError.ts';
import { parseJson, type JsonRecord } from '../../wire/jsonReaders.ts';
import type { StreamEvent } from '../../wire/streamEvent.ts';
import { nextTry, NO_TRIES, type CallFailure } from './nextTry.ts';
import { readEvents, wholeAnswer } from './readEvents.ts';
import { callFailure, cutReply, LostConnection, serverError, timedOut, tooLong } from './serverError.ts';
import { gateOf, type CallSign } from './serverGate.ts';

export interface ServerClientOptions {
  /** Where the OpenAI routes are, mostly ending in `/v1`. */
  readonly baseUrl: string;
  /** Sent to that address only, and never kept in an error or a log. */
  readonly apiKey?: string;
  /** Most milliseconds until an answer is whole, or until the next event of a stream comes; each try has as many. */
  readonly timeoutMs?: number;
  /** Most calls at once, of all clients of that server on this thread. Absent: what was named before, else four. */
  readonly concurrency?: number;
  readonly maxReplyBytes?: number;
  /** Tries after the first one; see Persistence. */
  readonly maxRetries?: number;
  /** Most milliseconds that a call waits in all because the server has too much to do. */
  readonly patienceMs?: number;
}

/** Speaks JSON with a server. Every call ends in a result, a CandorError, or the reason of its signal. */
export interface ServerClient {
  readonly baseUrl: string;
  /** Most calls at once, those of other clients of the server included. */
  readonly concurrency: number;
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
 * A client for any server that speaks as OpenAI does. What a server may do better the next time is asked again, here and nowhere
 * else: the `openai` package is told not to. When the server refuses, all calls to it wait, and fewer go at once after that
 * (`serverPace.ts`). Headers that the package takes from the environment are not sent.
 * @throws CandorError `bad-call` for an address that is none
 */
export function createServerClient(options: ServerClientOptions): ServerClient {
  const { timeoutMs = 120_000, maxReplyBytes = 64 * 1024 * 1024, maxRetries = 4, patienceMs = 300_000 } = options;
  const baseUrl = checkedUrl(options.baseUrl);
  const rootUrl = baseUrl.replace(/\/v\d+$/, '');
  const gate = gateOf(new URL(baseUrl).origin);
  if (options.concurrency !== undefined) gate.allow(options.concurrency);
  let closing = new AbortController();
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: 2 * timeoutMs,
    logLevel: 'off',
    fetch: (url, init) => fetchPlainly(url, init, options.apiKey),
  });

  /** The events of an answer. What failed before the first of them is asked again as long as that may help. */
  async function* ask(
    asked: Asked,
    read: (response: Response) => EventsOf,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const signals = [closing.signal, ...(asked.signal === undefined ? [] : [asked.signal])];
    const ended = AbortSignal.any(signals);
    let tries = NO_TRIES;
    for (;;) {
      const count = tries.failed + tries.refused;
      const leave = await gate.enter(ended, count > 0);
      const late = new AbortController();
      const timer = setTimeout(() => {
        late.abort();
      }, timeoutMs);
      let sign: CallSign = null;
      let pauseMs = 0;
      try {
        const response = await send(asked, AbortSignal.any([late.signal, ended]));
        for await (const event of read(response)(piecesOf(response, maxReplyBytes))) {
          timer.refresh();
          sign = 'went well';
          yield event;
        }
        return;
      } catch (error) {
        ended.throwIfAborted();
        const failure = late.signal.aborted ? STALLED : callFailure(error);
        const next = sign === null ? nextTry(tries, failure, { maxRetries, patienceMs }, Math.random) : null;
        sign = signOf(failure, next?.waitMs ?? 0);
        if (next === null) throw late.signal.aborted ? timedOut(count + 1) : serverError(error, count + 1);
        tries = next.tries;
        // Who is refused waits with all the others, at the gate.
        if (failure.kind !== 'refused') pauseMs = next.waitMs;
      } finally {
        clearTimeout(timer);
        leave(sign);
      }
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: ended }).catch(() => undefined);
    }
  }

  async function send({ method, route, body }: Asked, signal: AbortSignal): Promise<Response> {
    const url = route.startsWith('/') ? `${rootUrl}${route}` : `${baseUrl}/${route}`;
    return client[method](url, { ...(body === undefined ? {} : { body }), signal }).asResponse();
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
    get concurrency() {
      return gate.most;
    },
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

const STALLED: CallFailure = { kind: 'stalled' };

/** What a failure shows of the server. One that is slow has too much to do as well, but says nothing about how long. */
function signOf({ kind }: CallFailure, waitMs: number): CallSign {
  if (kind === 'refused') return { waitMs };
  return kind === 'stalled' ? { waitMs: 0 } : null;
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

/** The pieces of a body, as text. @throws CandorError for a body that is too long, LostConnection for one that ends too early */
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
    throw CandorError.is(error) ? error : new LostConnection();
  }
}
