import type { IncomingMessage } from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

// A stream's compressed pieces are whole enough to be read as they come.
const ZLIB = { finishFlush: constants.Z_SYNC_FLUSH };

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: () => createGunzip(ZLIB),
  'x-gzip': () => createGunzip(ZLIB),
  deflate: () => createInflate(ZLIB),
  br: () => createBrotliDecompress(),
};

/**
 * The bytes of a reply as they were before it was compressed, which an upstream does although it is asked not to; null for a coding
 * that is not known. The bytes break off with an error where there are more than allowed: a small reply may unfold to a huge one.
 */
export function decodedBody(reply: IncomingMessage, mostBytes: number): AsyncIterable<Buffer> | null {
  const coding = codingOf(reply);
  if (coding === 'identity') return reply;
  const decoder = DECODERS[coding]?.();
  if (decoder === undefined) return null;
  // What breaks either of them is told by the bytes, which then break off.
  pipeline(reply, decoder, () => undefined);
  return atMost(decoder, mostBytes);
}

/** How a reply is compressed; `identity`: not at all. */
export function codingOf({ headers }: IncomingMessage): string {
  return headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
}

async function* atMost(pieces: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Buffer, void, undefined> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > mostBytes) throw new Error('a compressed reply is too long');
    yield piece;
  }
}
