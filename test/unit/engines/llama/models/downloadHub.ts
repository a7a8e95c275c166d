import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** What a request to one of the two servers looked like. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/**
 * Two servers that behave as Hugging Face does: a hub that knows names, hashes and who may ask, and points to another
 * origin that has the bytes. What can go wrong is set by hand; a list is used up, one entry a request for bytes.
 */
export interface FakeHub {
  readonly endpoint: string;
  readonly bytesOrigin: string;
  readonly hubRequests: readonly SeenRequest[];
  readonly byteRequests: readonly SeenRequest[];
  /** By `OWNER/REPO/FILE`. */
  readonly files: Map<string, Buffer>;
  readonly trouble: Trouble;
  close(): Promise<void>;
}

export interface Trouble {
  /** Only who knows it may ask. */
  token?: string;
  /** The connection is cut after so many bytes of an answer. */
  cutAfter: number[];
  /** Whether the receiver has so many bytes of the file; a connection is cut no sooner. */
  hasReceived?: (length: number) => boolean;
  /** After so many bytes of an answer nothing more comes, until `goOn` is called. */
  stallAfter: number[];
  goOn: () => void;
  /** Answers of the byte server with an error. */
  statuses: number[];
  retryAfter?: string;
  /** What the byte server has in place of what was declared. */
  otherBytes?: Buffer;
  etag?: string;
  ignoresRanges?: boolean;
  declaresNothing?: boolean;
  declaredSize?: number;
  movedFrom?: string;
  redirectsForEver?: boolean;
  /** Milliseconds between pieces of 16 kB. */
  paceMs?: number;
}

const PIECE_BYTES = 16_384;
export const COMMIT = 'c0ffee'.repeat(7).slice(0, 40);

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes that begin as a GGUF file does; the same seed gives the same. */
export function modelBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  bytes.write('GGUF', 'latin1');
  return bytes;
}

export async function startHub(files: Readonly<Record<string, Buffer>>): Promise<FakeHub> {
  const all = new Map(Object.entries(files));
  const hubRequests: SeenRequest[] = [];
  const byteRequests: SeenRequest[] = [];
  const trouble: Trouble = { cutAfter: [], stallAfter: [], goOn: () => undefined, statuses: [] };
  const byteServer = await listen(async (request, response) => {
    byteRequests.push(seen(request));
    await sendBytes(request, response, all, trouble);
  });
  const hubServer = await listen((request, response) => {
    hubRequests.push(seen(request));
    declare(request, response, all, trouble, originOf(byteServer));
    return Promise.resolve();
  });
  const close = async (): Promise<void> => {
    for (const server of [hubServer, byteServer]) {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    }
  };
  onTestFinished(close);
  const [endpoint, bytesOrigin] = [originOf(hubServer), originOf(byteServer)];
  return { endpoint, bytesOrigin, hubRequests, byteRequests, files: all, trouble, close };
}

/** `/OWNER/REPO/resolve/REVISION/FILE`, as of huggingface.co. */
function declare(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, Buffer>,
  trouble: Trouble,
  bytesOrigin: string,
): void {
  const path = request.url ?? '';
  if (trouble.redirectsForEver === true) {
    end(response, 302, { location: path });
    return;
  }
  if (trouble.movedFrom !== undefined && path.startsWith(`/${trouble.movedFrom}/`)) {
    end(response, 307, { location: path.replace(`/${trouble.movedFrom}/`, '/owner/repo/') });
    return;
  }
  const [, repository = '', revision = '', file = ''] = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (trouble.token !== undefined && request.headers.authorization !== `Bearer ${trouble.token}`) {
    const status = request.headers.authorization === undefined ? 401 : 403;
    end(response, status, { 'x-error-code': 'GatedRepo' });
    return;
  }
  const bytes = files.get(`${repository}/${decodeURIComponent(file)}`);
  if (bytes === undefined || !['main', COMMIT, 'refs%2Fpr%2F1'].includes(revision)) {
    end(response, 404, { 'x-error-code': 'EntryNotFound' });
    return;
  }
  const declared = {
    'x-repo-commit': COMMIT,
    'x-linked-size': String(trouble.declaredSize ?? bytes.length),
    'x-linked-etag': `"${sha256(bytes)}"`,
  };
  end(response, 302, {
    ...(trouble.declaresNothing === true ? {} : declared),
    location: `${bytesOrigin}/${repository}/${file}?signature=${hubSignature++}`,
  });
}

/** A link is good for one request. */
let hubSignature = 0;

async function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, Buffer>,
  trouble: Trouble,
): Promise<void> {
  const status = trouble.statuses.shift();
  if (status !== undefined) {
    end(response, status, trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter });
    return;
  }
  const { pathname } = new URL(request.url ?? '', 'http://host');
  const bytes = trouble.otherBytes ?? files.get(decodeURIComponent(pathname.slice(1)));
  if (bytes === undefined) {
    end(response, 404, {});
    return;
  }
  const etag = trouble.etag ?? `"${sha256(bytes).slice(0, 32)}"`;
  const { range, 'if-range': ifRange } = request.headers;
  const [, from] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
  const isRange = from !== undefined && trouble.ignoresRanges !== true && (ifRange === undefined || ifRange === etag);
  const start = isRange ? Number(from) : 0;
  if (isRange && start >= bytes.length) {
    end(response, 416, { 'content-range': `bytes */${bytes.length}` });
    return;
  }
  response.writeHead(isRange ? 206 : 200, {
    etag,
    'accept-ranges': 'bytes',
    'content-length': bytes.length - start,
    ...(isRange ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  const cut = trouble.cutAfter.shift() ?? Infinity;
  const stall = trouble.stallAfter.shift() ?? Infinity;
  const stop = Math.min(bytes.length, start + Math.min(cut, stall));
  for (let at = start; at < stop; at += PIECE_BYTES) {
    if (response.destroyed) return;
    response.write(bytes.subarray(at, Math.min(stop, at + PIECE_BYTES)));
    await sleep(trouble.paceMs ?? 0);
  }
  if (stop < bytes.length && cut <= stall) {
    for (let waits = 0; trouble.hasReceived?.(stop) === false && waits < 1_000; waits++) await sleep(2);
    response.destroy();
    return;
  }
  if (stop < bytes.length) {
    await new Promise<void>((resolve) => {
      trouble.goOn = resolve;
      response.on('close', resolve);
    });
    response.write(bytes.subarray(stop));
  }
  response.end();
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, headers).end();
}

function seen(request: IncomingMessage): SeenRequest {
  const { authorization, range, 'if-range': ifRange } = request.headers;
  const path = request.url ?? '';
  return { method: request.method ?? '', path, authorization, range, ifRange: ifRange?.toString() };
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Server> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
