import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { begin, send, type Exchange } from './exchange.ts';
import { replyHeaders, requestHeaders } from './passedHeaders.ts';
import type { Upstream } from './upstream.ts';

/** Passes a request and its reply on as they are, while they come. */
export async function passUntouched(
  exchange: Exchange,
  upstream: Upstream,
  body: Buffer | Readable | null = bodyOf(exchange.request),
): Promise<void> {
  const { request, at, gone: signal } = exchange;
  const headers = requestHeaders(request);
  const reply = await upstream.ask({
    method: request.method ?? 'GET',
    target: at.target,
    headers: Buffer.isBuffer(body)
      ? { ...headers, 'content-length': body.length }
      : { ...headers, ...(isChunked(request) ? { 'transfer-encoding': 'chunked' } : {}) },
    body,
    signal,
  });
  await passReplyUntouched(exchange, reply);
}

export async function passReplyUntouched(exchange: Exchange, reply: IncomingMessage): Promise<void> {
  begin(exchange, reply, replyHeaders(reply));
  const pieces: AsyncIterable<Buffer> = reply;
  for await (const piece of pieces) await send(exchange, piece);
  exchange.response.end();
}

function bodyOf(request: IncomingMessage): Readable | null {
  return isChunked(request) || request.headers['content-length'] !== undefined ? request : null;
}

function isChunked({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined;
}
