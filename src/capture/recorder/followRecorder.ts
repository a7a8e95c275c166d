import { get, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { CandorError } from '../../core/candorError.ts';
import { parseJson } from '../../wire/jsonReaders.ts';
import { readSse, SSE_START } from '../../wire/serverSentEvents.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';
import { FEED_PATH } from './generationFeed.ts';
import { generationFromJson } from './generationJson.ts';

export interface FollowOptions {
  /** Hears each generation once. */
  readonly onGeneration: (generation: RecordedGeneration) => void;
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

/** Three heartbeats of the recorder. */
const SILENCE_MS = 45_000;

/** More than a recorder keeps. */
const MOST_IDS = 1000;

/**
 * Takes in what a recorder records, and what it has recorded lately. A recorder that is not there, or goes away, is waited for.
 * Never rejects.
 *
 * @param address as `Recorder.address`
 * @returns when the signal aborts
 */
export async function followRecorder(address: string, { onGeneration, signal }: FollowOptions): Promise<void> {
  const seen = new Set<string>();
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      for await (const generation of generationsAt(address, signal)) {
        waitMs = FIRST_WAIT_MS;
        if (seen.has(generation.id)) continue;
        seen.add(generation.id);
        const [oldest] = seen;
        if (seen.size > MOST_IDS && oldest !== undefined) seen.delete(oldest);
        onGeneration(generation);
      }
    } catch {
      // It is not there now: the wait says how long to leave it.
    }
    await wait(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
    waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
  }
}

async function* generationsAt(
  address: string,
  signal: AbortSignal,
): AsyncGenerator<RecordedGeneration, void, undefined> {
  const reply = await replyAt(address, signal);
  reply.setEncoding('utf8');
  const pieces: AsyncIterable<string> = reply;
  let state = SSE_START;
  for await (const piece of pieces) {
    const read = readSse(state, piece);
    state = read.state;
    for (const event of read.events) {
      const generation = event.kind === 'data' ? generationIn(event.data) : null;
      if (generation !== null) yield generation;
    }
  }
}

function replyAt(address: string, signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asking = get(`${address}${FEED_PATH}`, { agent: false, signal }, (reply) => {
    if (reply.statusCode === 200) {
      resolve(reply);
    } else {
      reply.destroy();
      reject(new Error('there is no feed'));
    }
  });
  asking.on('error', reject);
  asking.setTimeout(SILENCE_MS, () => asking.destroy());
  return promise;
}

/** null for what another version of the recorder writes in another way. */
function generationIn(data: string): RecordedGeneration | null {
  try {
    return generationFromJson(parseJson(data));
  } catch (error) {
    if (CandorError.is(error)) return null;
    throw error;
  }
}
