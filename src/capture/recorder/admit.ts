import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may use a recorder. */
export interface Entrance {
  readonly port: number;
  readonly secret: string;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Headers that no tool of this machine sends: a page's script, what forwards a port, and what stands in front of one. */
const FOREIGN = /^(origin|forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*)$/;

/**
 * What a request asks for, after the secret: '', or what begins with `/` or `?`. Null for a request that gets nothing, and is not
 * told why:
 *
 * - it names another host than this one: a page whose name was bound to this machine's address, or a forwarded port;
 * - it has a header of a web page or of a proxy, whatever the header says, or would be shown or run by a page (`Sec-Fetch-Dest`);
 * - it has not the secret, which is compared in constant time;
 * - its target is no path (`GET http://elsewhere/`, `OPTIONS *`), its method none of the usual, or it wants another protocol.
 */
export function admit(request: IncomingMessage, { port, secret }: Entrance): string | null {
  const { method = '', url = '', headers, rawHeaders } = request;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  const isHere = headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
  const isForeign = Object.keys(headers).some((name) => FOREIGN.test(name));
  // Extensions that ask through the editor's own browser have `Sec-Fetch` headers too, but for nothing that a page loads.
  const isForPage = (headers['sec-fetch-dest'] ?? 'empty') !== 'empty';
  // Java's client offers HTTP/2 with every request, and does not mind that nobody takes the offer.
  const isUpgrade = (headers.upgrade ?? 'h2c') !== 'h2c';
  const [, segment, rest = ''] = /^\/([^/?]*)([^]*)$/.exec(url) ?? [];
  const knowsSecret = isSame(segment ?? '', secret);
  const isUsual = hosts.length === 1 && isHere && METHODS.has(method) && !isUpgrade;
  return isUsual && !isForeign && !isForPage && knowsSecret ? rest : null;
}

function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
