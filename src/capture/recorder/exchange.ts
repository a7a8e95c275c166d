import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { UpstreamPath } from './upstreamPath.ts';

/** A request of a client, and the response that it waits for. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly at: UpstreamPath;
  /** Aborts when the client hangs up before it has all. */
  readonly gone: AbortSignal;
}

export function openExchange(request: IncomingMessage, response: ServerResponse, at: UpstreamPath): Exchange {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return { request, response, at, gone: gone.signal };
}

/** Begins the response, and sends the beginning at once: what comes next may take its time. */
export function begin({ response }: Exchange, reply: IncomingMessage, headers: OutgoingHttpHeaders): void {
  response.writeHead(reply.statusCode ?? 502, reply.statusMessage ?? '', headers);
  response.flushHeaders();
}

/** Sends some bytes, and waits while the client has enough to read. Rejects when it has gone. */
export async function send({ response, gone }: Exchange, bytes: Buffer): Promise<void> {
  gone.throwIfAborted();
  if (!response.write(bytes)) await once(response, 'drain', { signal: gone });
}
