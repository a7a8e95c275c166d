import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { isRecord, parseJson, readString, type JsonRecord } from '../../wire/jsonReaders.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';
import { clientName } from './clientName.ts';
import { decodedBody } from './decodedBody.ts';
import type { Dialect, Recording } from './dialect.ts';
import { editJson, type JsonEdit } from './editJson.ts';
import type { Exchange } from './exchange.ts';
import { requestHeaders } from './passedHeaders.ts';
import { formOf, passReply } from './passReply.ts';
import { passReplyUntouched, passUntouched } from './passUntouched.ts';
import type { RecorderLimits } from './recorderLimits.ts';
import type { RefusalMemory } from './refusalMemory.ts';
import { createReplyReader } from './replyReader.ts';
import { takeBody } from './takeBody.ts';
import type { Upstream } from './upstream.ts';

export interface RecordingTools {
  readonly upstream: Upstream;
  readonly limits: RecorderLimits;
  readonly refusals: RefusalMemory;
  readonly onGeneration: (generation: RecordedGeneration) => void;
}

/**
 * Passes a request on with a wish for log-probabilities, gives the client the reply that it would have had without, and records what
 * the model wrote. Rejects when either side breaks off; what came until then is recorded.
 */
export async function passRecorded(exchange: Exchange, dialect: Dialect, tools: RecordingTools): Promise<void> {
  const { request } = exchange;
  const { upstream, limits, onGeneration } = tools;
  const taken = await takeBody(request, limits.mostRequestBytes);
  if (!taken.isWhole) {
    await passUntouched(exchange, upstream, Readable.from(taken.pieces));
    return;
  }
  const body = parseJson(taken.bytes.toString());
  const recording = isRecord(body) ? dialect.recording(body) : null;
  if (!isRecord(body) || recording === null) {
    await passUntouched(exchange, upstream, taken.bytes);
    return;
  }
  const { reply, cuts } = await askForRows(exchange, { dialect, recording, body, bytes: taken.bytes }, tools);
  const form = formOf(reply, body.stream === true);
  const bytes = isOk(reply) && form !== null ? decodedBody(reply, limits.mostDecodedBytes) : null;
  if (bytes === null || form === null) {
    await passReplyUntouched(exchange, reply);
    return;
  }
  const { alternatives } = recording;
  const reader = createReplyReader({ body, client: clientName(request.headers), host: upstream.host, alternatives });
  let isWhole = false;
  try {
    await passReply(exchange, form, { reply, bytes, cuts, limits, reader });
    isWhole = true;
  } finally {
    for (const generation of reader.generations(isWhole)) onGeneration(generation);
  }
}

/** How servers refuse a wish: 403 is OpenAI's answer for models that tell no log-probabilities. */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 403, 422, 501]);

interface Asking {
  readonly dialect: Dialect;
  readonly recording: Recording;
  readonly body: JsonRecord;
  /** The request as the client sent it. */
  readonly bytes: Buffer;
}

/**
 * Asks the upstream, for rows as well unless it is known to refuse them. If it refuses, the client's own request is sent, once; and
 * if that is taken, rows are not asked for again with such a request for a while.
 */
async function askForRows(
  { request, at, gone: signal }: Exchange,
  { dialect, recording, body, bytes }: Asking,
  { upstream, refusals }: RecordingTools,
): Promise<{ readonly reply: IncomingMessage; readonly cuts: readonly JsonEdit[] }> {
  const ask = (asked: Buffer): Promise<IncomingMessage> => {
    const headers = { ...requestHeaders(request), 'accept-encoding': 'identity', 'content-length': asked.length };
    return upstream.ask({ method: 'POST', target: at.target, headers, body: asked, signal });
  };
  const kind = JSON.stringify([dialect.name, readString(body.model), 'tools' in body, body.stream === true]);
  const { asks, cuts } = recording;
  if (asks.length === 0 || refusals.has(kind)) return { reply: await ask(bytes), cuts: [] };
  const reply = await ask(Buffer.from(editJson(bytes.toString('latin1'), asks), 'latin1'));
  if (!REFUSED.has(reply.statusCode)) return { reply, cuts };
  reply.destroy();
  const second = await ask(bytes);
  if (isOk(second)) refusals.add(kind);
  return { reply: second, cuts: [] };
}

function isOk({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 200 && statusCode < 300;
}
