import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

/** They are about one connection, not about the message. Source: RFC 9110, section 7.6.1. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** `expect` was answered by this server. */
const OF_REQUEST = [...HOP_BY_HOP, 'host', 'expect'];

/**
 * Headers with which an upstream could send a client elsewhere, with its key (`location`, `alt-svc`), or open the recorder to web
 * pages. A redirect keeps its status, so the client sees that the address is wrong.
 */
const OF_REPLY = [
  ...HOP_BY_HOP,
  'location',
  'content-location',
  'refresh',
  'alt-svc',
  'access-control-allow-origin',
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-private-network',
];

/** The headers that go on to the upstream: the client's own, its key among them. */
export function requestHeaders(request: IncomingMessage): OutgoingHttpHeaders {
  return passed(request, OF_REQUEST);
}

/** The headers of a reply that go on to the client. */
export function replyHeaders(reply: IncomingMessage): OutgoingHttpHeaders {
  return passed(reply, OF_REPLY);
}

function passed({ headers, headersDistinct }: IncomingMessage, dropped: readonly string[]): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const passing: OutgoingHttpHeaders = {};
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    const [first] = values;
    if (first === undefined || dropped.includes(name) || named.includes(name)) continue;
    passing[name] = values.length === 1 ? first : values;
  }
  return passing;
}
