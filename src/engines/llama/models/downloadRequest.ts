import { setTimeout as sleep } from 'node:timers/promises';
import { CandorError } from '../../../core/candorError.ts';
import type { DownloadLimits } from './downloadLimits.ts';

/** The one origin that may see the user's key, and the key, if there is one. */
export interface Access {
  readonly origin: string;
  readonly token: string | null;
}

export interface DownloadRequest {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly access: Access;
  readonly signal: AbortSignal;
  /** Whether a redirect is itself the answer. */
  readonly isAnswer?: (response: Response) => boolean;
}

/** Something that asking again can mend. Whatever else is thrown ends the download. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  /** What the server asks to wait, in milliseconds. */
  readonly waitMs: number;

  constructor(message: string, waitMs = 0, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

const MOST_REDIRECTS = 8;
const MOST_WAIT_MS = 60_000;

/**
 * Asks a server and goes where it points to, hop by hop: the key is sent to its own origin and to no other, and nobody
 * points from https to http.
 *
 * @throws Interruption for a server that cannot be reached; CandorError `engine-failed` for one that leads astray
 */
export async function request(
  url: string,
  { method, headers, access, signal, isAnswer = () => false }: DownloadRequest,
): Promise<Response> {
  let at = new URL(url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const key = access.origin === at.origin ? access.token : null;
    const response = await fetch(at, {
      method,
      // What is packed on the way could not be gone on with in its middle.
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      redirect: 'manual',
      signal,
    }).catch((cause: unknown) => {
      throw new Interruption(`${at.host} cannot be reached`, 0, { cause });
    });
    const location = response.headers.get('location');
    if (location === null || response.status < 300 || response.status > 399 || isAnswer(response)) return response;
    await response.body?.cancel();
    const next = URL.parse(location, at.href);
    if (next === null || !/^https?:$/.test(next.protocol) || (at.protocol === 'https:' && next.protocol === 'http:')) {
      throw new CandorError('engine-failed', `${at.host} redirects to no safe address. Try another source.`);
    }
    at = next;
  }
  throw new CandorError('engine-failed', `${at.host} redirects without end. Try another source.`);
}

/** Whether a status says that the same request may go well later. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501);
}

/** The interruption that a response stands for. */
export function interruptionOf(response: Response): Interruption {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const waitMs = Number.isFinite(seconds) ? Math.min(seconds * 1000, MOST_WAIT_MS) : 0;
  return new Interruption(`the server answered ${response.status}`, waitMs);
}

/**
 * Tries until it goes well, with growing, jittered waits between. An attempt that got further than all before it counts
 * as the first again.
 *
 * @param attempt gets a signal that ends it when the caller does or when `alive` was not called for `stallMs`
 * @param reached how far it is
 * @throws the last Interruption; the signal's reason; at once what else is thrown
 */
export async function withRetries<T>(
  attempt: (signal: AbortSignal, alive: () => void) => Promise<T>,
  { stallMs, attempts, backOffMs }: DownloadLimits,
  signal: AbortSignal | undefined,
  reached: () => number = () => 0,
): Promise<T> {
  let furthest = reached();
  let failures = 0;
  for (;;) {
    const stall = new AbortController();
    const timer = setTimeout(() => {
      stall.abort(new Interruption('the server fell silent'));
    }, stallMs);
    try {
      signal?.throwIfAborted();
      const ended = signal === undefined ? stall.signal : AbortSignal.any([signal, stall.signal]);
      return await attempt(ended, () => timer.refresh());
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      failures = reached() > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, reached());
      if (failures >= attempts) throw error;
      const backOff = Math.min(backOffMs * 2 ** (failures - 1), MOST_WAIT_MS) * (0.5 + Math.random());
      await pause(Math.max(error.waitMs, backOff), signal);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Waits. @throws the signal's reason */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    throw signal?.aborted === true ? signal.reason : error;
  });
}
