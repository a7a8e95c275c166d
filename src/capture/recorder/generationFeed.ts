import type { ServerResponse } from 'node:http';
import type { RecordedGeneration } from '../recordedGeneration.ts';
import { generationToJson } from './generationJson.ts';

/** Below a recorder's address. No server has such a route. */
export const FEED_PATH = '/candor/generations';

/**
 * What was recorded lately, as server-sent events for those who follow: what there is, oldest first, and from then on what comes.
 * All of it is in memory, within limits.
 */
export interface GenerationFeed {
  add(generation: RecordedGeneration): void;
  /** Answers a request with the feed, until one side ends it. */
  listen(response: ServerResponse): void;
  close(): void;
}

const MOST_KEPT = 200;
const MOST_KEPT_UNITS = 8 * 1024 * 1024;
const KEPT_MS = 15 * 60_000;

/** More than all that is kept, in UTF-8. Who has so much to catch up with is dropped, and comes back. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

const MOST_LISTENERS = 32;
const HEARTBEAT_MS = 15_000;

interface Kept {
  readonly event: string;
  readonly atMs: number;
}

export function createGenerationFeed(now: () => number = Date.now): GenerationFeed {
  const listeners = new Set<ServerResponse>();
  let kept: readonly Kept[] = [];
  const heartbeat = setInterval(() => {
    forget();
    for (const listener of listeners) send(listener, ':\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  /** Keeps the latest that fit. */
  function forget(): void {
    let units = 0;
    const oldestMs = now() - KEPT_MS;
    const first = kept.findLastIndex(({ event, atMs }, at) => {
      units += event.length;
      return units > MOST_KEPT_UNITS || atMs < oldestMs || kept.length - at > MOST_KEPT;
    });
    kept = kept.slice(first + 1);
  }

  return {
    add(generation) {
      const event = `id: ${generation.id}\ndata: ${generationToJson(generation)}\n\n`;
      kept = [...kept, { event, atMs: now() }];
      forget();
      for (const listener of listeners) send(listener, event);
    },
    listen(response) {
      if (listeners.size >= MOST_LISTENERS) {
        response.writeHead(503).end();
        return;
      }
      forget();
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      listeners.add(response);
      response.once('close', () => listeners.delete(response));
      send(response, `:\n\n${kept.map(({ event }) => event).join('')}`);
    },
    close() {
      clearInterval(heartbeat);
      for (const listener of listeners) listener.destroy();
    },
  };
}

function send(listener: ServerResponse, text: string): void {
  if (listener.writableLength > MOST_WAITING_BYTES) listener.destroy();
  else listener.write(text);
}
