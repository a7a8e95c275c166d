import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { isRecord, parseJson } from '../../wire/jsonReaders.ts';
import { codingOf } from './decodedBody.ts';
import { editJson, type JsonEdit } from './editJson.ts';
import { begin, send, type Exchange } from './exchange.ts';
import { createFrameCutter, editFrame, eventsOf, type Frame, type FrameKind } from './frames.ts';
import { replyHeaders } from './passedHeaders.ts';
import type { RecorderLimits } from './recorderLimits.ts';
import type { ReplyReader } from './replyReader.ts';
import { takeBody } from './takeBody.ts';

/** How a reply comes: at once, or as a stream of frames. */
export type ReplyForm = 'whole' | FrameKind;

/** A reply that is read on its way to the client. */
export interface ReadReply {
  readonly reply: IncomingMessage;
  /** Its bytes, no longer compressed. */
  readonly bytes: AsyncIterable<Buffer>;
  /** What is taken out of it. */
  readonly cuts: readonly JsonEdit[];
  /** Hears every JSON value of it, within the limits. */
  readonly reader: Pick<ReplyReader, 'read'>;
  readonly limits: RecorderLimits;
}

/** The form of a reply; null for one that is neither JSON nor a stream of it. */
export function formOf({ headers }: IncomingMessage, asksForStream: boolean): ReplyForm | null {
  const type = (headers['content-type'] ?? '').split(';', 1).join('').trim().toLowerCase();
  if (type === 'text/event-stream') return 'events';
  if (/^application\/(x-ndjson|ndjson|jsonl|x-jsonlines|jsonlines)$/.test(type)) return 'lines';
  if (type !== 'application/json') return null;
  // Some stream lines under this name. What comes at once after all is a single line.
  return asksForStream && headers['content-length'] === undefined ? 'lines' : 'whole';
}

/** Passes a reply to the client, and has it read. Rejects when either side breaks off; what was read until then counts. */
export async function passReply(exchange: Exchange, form: ReplyForm, reply: ReadReply): Promise<void> {
  await (form === 'whole' ? passWhole(exchange, reply) : passStream(exchange, form, reply));
  exchange.response.end();
}

async function passWhole(exchange: Exchange, { reply, bytes, cuts, reader, limits }: ReadReply): Promise<void> {
  const isCompressed = codingOf(reply) !== 'identity';
  const taken = await takeBody(bytes, isCompressed ? limits.mostDecodedBytes : limits.mostReplyBytes);
  if (!taken.isWhole) {
    begin(exchange, reply, headersOf(reply));
    for await (const piece of taken.pieces) await send(exchange, piece);
    return;
  }
  const body = parseJson(taken.bytes.toString());
  const sent = body === undefined ? taken.bytes : edited(taken.bytes, cuts);
  begin(exchange, reply, { ...headersOf(reply), 'content-length': sent.length });
  await send(exchange, sent);
  if (taken.bytes.length <= limits.mostReplyBytes) reader.read(body);
}

function edited(bytes: Buffer, cuts: readonly JsonEdit[]): Buffer {
  return cuts.length === 0 ? bytes : Buffer.from(editJson(bytes.toString('latin1'), cuts), 'latin1');
}

async function passStream(exchange: Exchange, kind: FrameKind, passing: ReadReply): Promise<void> {
  const { reply, bytes, cuts, reader, limits } = passing;
  const cutter = createFrameCutter(kind, limits.mostEventBytes);
  let read = 0;

  async function pass(piece: Buffer, frames: readonly Frame[]): Promise<void> {
    const bodies = frames.map((frame) => bodiesIn(kind, frame));
    const passed = frames.map(({ bytes: given }, at) =>
      // What is no JSON at all is not touched.
      isJson(bodies[at]) ? editFrame(kind, given, (data) => editJson(data, cuts)) : given,
    );
    const sent = cuts.length === 0 ? piece : Buffer.from(passed.join(''), 'latin1');
    if (sent.length > 0) await send(exchange, sent);
    // Only now: the client comes first.
    for (const [at, frame] of frames.entries()) {
      read += frame.bytes.length;
      if (read <= limits.mostReplyBytes) for (const body of bodies[at] ?? []) reader.read(body);
    }
  }

  begin(exchange, reply, headersOf(reply));
  for await (const piece of bytes) await pass(piece, cutter.cut(piece));
  await pass(Buffer.alloc(0), cutter.end());
}

/** The JSON values of a frame; undefined for one that is none, as `[DONE]`. */
function bodiesIn(kind: FrameKind, frame: Frame): readonly unknown[] {
  return eventsOf(kind, frame).map((event) => (event.kind === 'data' ? parseJson(event.data) : undefined));
}

function isJson(bodies: readonly unknown[] = []): boolean {
  return bodies.length > 0 && bodies.every((body) => isRecord(body) || Array.isArray(body));
}

/** They were true of the reply before it was read. */
const OF_BYTES: ReadonlySet<string> = new Set([
  'content-length',
  'content-encoding',
  'content-md5',
  'digest',
  'content-digest',
  'etag',
]);

function headersOf(reply: IncomingMessage): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(replyHeaders(reply)).filter(([name]) => !OF_BYTES.has(name)));
}
