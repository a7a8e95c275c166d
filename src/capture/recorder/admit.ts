import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may use a recorder. */
export interface Entrance {
  readonly port: number;
  readonly secret: string;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Headers that no tool of this machine sends. A browser adds `Origin` to what a page's script asks, and `Sec-Fetch-Site` to all that
 * a page makes it load; what forwards a port, or stands in front of one, adds the rest.
 */
const FOREIGN = /^(origin|sec-fetch-site|forwarded|via|x-forwarded-.*|x-real-ip|x-original-.*)$/;

/**
 * What a request asks for, after the secret: '', or what begins with `/` or `?`. Null for a request that gets nothing, and is not
 * told why:
 *
 * - it names another host than this one: a page whose name was bound to this machine's address, or a forwarded port;
 * - it has a header of a web page or of a proxy, whatever the header says;
 * - it has not the secret, which is compared in constant time;
 * - its target is no path (`GET http://elsewhere/`, `OPTIONS *`), its method none of the usual, or it wants another protocol.
 */
export function admit(request: IncomingMessage, { port, secret }: Entrance): string | null {
  const { method = '', url = '', headers, rawHeaders } = request;
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  const isHere = headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
  const isForeign = Object.keys(headers).some((name) => FOREIGN.test(name));
  // Java's client offers HTTP/2 with every request, and does not mind that nobody takes the offer.
  const isUpgrade = (headers.upgrade ?? 'h2c') !== 'h2c';
  const [, segment, rest = ''] = /^\/([^/?]*)([^]*)$/.exec(url) ?? [];
  const knowsSecret = isSame(segment ?? '', secret);
  const isAdmitted = hosts.length === 1 && isHere && !isForeign && !isUpgrade && METHODS.has(method) && knowsSecret;
  return isAdmitted ? rest : null;
}

function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(secret));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
