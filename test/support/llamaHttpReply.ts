/** A request to the test server, and what a face answers. */

export type Body = Readonly<Record<string, unknown>>;

export interface HttpRequest {
  readonly route: string;
  readonly body: Body;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly type: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

/** What one kind of server does with a request. */
export type Face = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** When a reply was made: always then, so that a reply can be recorded. */
export const CREATED = 1_760_000_000;

export function json(value: unknown, status = 200): HttpReply {
  return { status, type: 'application/json', pieces: [jsonOf(value)] };
}

/** A stream of server-sent events, in the way of OpenAI ended by `[DONE]`. */
export function events(values: AsyncIterable<unknown>, ending: '[DONE]' | 'none' = '[DONE]'): HttpReply {
  async function* pieces(): AsyncGenerator<string> {
    for await (const value of values) yield `data: ${jsonOf(value)}\n\n`;
    if (ending === '[DONE]') yield 'data: [DONE]\n\n';
  }
  return { status: 200, type: 'text/event-stream', pieces: pieces() };
}

/** A stream of lines of JSON. */
export function jsonLines(values: AsyncIterable<unknown>): HttpReply {
  async function* pieces(): AsyncGenerator<string> {
    for await (const value of values) yield `${jsonOf(value)}\n`;
  }
  return { status: 200, type: 'application/x-ndjson', pieces: pieces() };
}

/** JSON in which the fields of a Map keep their order, as those of a Python dictionary do even when they are numbers. */
export function jsonOf(value: unknown): string {
  if (value instanceof Map) {
    const fields = Array.from(value, ([name, field]: [unknown, unknown]) => `${jsonOf(String(name))}:${jsonOf(field)}`);
    return `{${fields.join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => jsonOf(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${jsonOf(field)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export function numberOf(body: Body, name: string, otherwise: number): number {
  const value = body[name];
  return typeof value === 'number' ? value : otherwise;
}

export function stringOf(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

export function recordOf(body: Body, name: string): Body {
  const value = body[name];
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

/** The texts of a chat one after the other: the plainest template there is. */
export function chatPrompt(body: Body): string {
  const messages = Array.isArray(body.messages) ? (body.messages as Body[]) : [];
  return messages.map((message) => stringOf(message, 'content')).join('\n');
}

/** Numbers as a server has them: single precision. */
export function single(value: number): number {
  return Math.fround(Math.min(0, value));
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
