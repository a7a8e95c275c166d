import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CandorError } from '../../core/candorError.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';
import { admit } from './admit.ts';
import { dialectOf } from './dialects.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { createGenerationFeed, FEED_PATH } from './generationFeed.ts';
import { isSecret } from './newSecret.ts';
import { passRecorded } from './passRecorded.ts';
import { passUntouched } from './passUntouched.ts';
import { RECORDER_LIMITS, type RecorderLimits } from './recorderLimits.ts';
import { createRefusalMemory } from './refusalMemory.ts';
import { openUpstream } from './upstream.ts';
import { upstreamPath } from './upstreamPath.ts';

export interface RecorderOptions {
  /** Address of the server, as its clients have it. */
  readonly upstream: string;
  /** 0: any that is free. */
  readonly port: number;
  /** As `newSecret` gives it. */
  readonly secret: string;
  readonly onGeneration: (generation: RecordedGeneration) => void;
  /** Hears of a request that could not be passed on, or whose reply broke off: its path, and the status of a gateway. */
  readonly onProblem?: (problem: { readonly route: string; readonly status: number }) => void;
  readonly limits?: Partial<RecorderLimits>;
}

export interface RecorderCounts {
  /** Passed on. */
  readonly requests: number;
  /** Generations with log-probabilities. */
  readonly recorded: number;
  /** Generations without. */
  readonly unscored: number;
  /** Requests that were not let in. */
  readonly refused: number;
}

/** A recorder that runs. */
export interface Recorder {
  /** What a tool is given in the place of the upstream's address. It holds the secret. */
  readonly address: string;
  readonly upstream: string;
  readonly counts: RecorderCounts;
  /** Stops at once: what is on its way is cut off. */
  close(): Promise<void>;
}

/**
 * Starts a proxy on this machine's loopback that stands in the place of one server: `ADDRESS/rest` is `UPSTREAM/rest`. It asks the
 * server for log-probabilities where a request allows, gives each client the events that it asked for, and keeps in memory what the
 * model wrote with its tokens. Keys pass through it and are not kept; nothing is written to a disk.
 *
 * @throws CandorError `bad-call` for an upstream or a secret that is none, and for a port that is taken
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const { secret, onGeneration, onProblem } = options;
  if (!isSecret(secret)) throw new CandorError('bad-call', 'The secret of the recorder is too short. Make a new one.');
  const upstream = openUpstream(options.upstream);
  const feed = createGenerationFeed();
  const counts = { requests: 0, recorded: 0, unscored: 0, refused: 0 };
  const tools = {
    upstream,
    limits: { ...RECORDER_LIMITS, ...options.limits },
    refusals: createRefusalMemory(),
    onGeneration(generation: RecordedGeneration): void {
      const isScored = generation.scored.measures.logprobsNats.some((logprob) => !Number.isNaN(logprob));
      counts[isScored ? 'recorded' : 'unscored']++;
      feed.add(generation);
      onGeneration(generation);
    },
  };

  async function pass(exchange: Exchange): Promise<void> {
    const { request, response, at, gone } = exchange;
    const isPlain = request.headers['content-encoding'] === undefined;
    const dialect = request.method === 'POST' && isPlain ? dialectOf(at.path) : undefined;
    counts.requests++;
    try {
      await (dialect === undefined ? passUntouched(exchange, upstream) : passRecorded(exchange, dialect, tools));
    } catch {
      if (gone.aborted || request.socket.destroyed) return;
      onProblem?.({ route: at.path, status: BAD_GATEWAY });
      if (response.writableEnded) return;
      if (response.headersSent) response.destroy();
      else response.writeHead(BAD_GATEWAY, { 'content-type': 'application/json' }).end(BROKEN);
    }
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const rest = admit(request, { port: portOf(server), secret });
    const at = rest === null ? null : upstreamPath(upstream.basePath, rest);
    // That a connection broke is told by its end.
    response.on('error', () => undefined);
    if (at === null) {
      counts.refused++;
      response.writeHead(404, { connection: 'close', 'content-length': 0 }).end();
    } else if (rest === FEED_PATH && request.method === 'GET') {
      feed.listen(response);
    } else {
      void pass(openExchange(request, response, at));
    }
  }

  const server = createServer({ keepAliveTimeout: KEPT_ALIVE_MS }, serve);
  try {
    await listening(server, options.port);
    if (upstream.isAt(portOf(server))) {
      const message = 'The recorder cannot record itself. Give it the address of the server behind it.';
      throw new CandorError('bad-call', message);
    }
  } catch (error) {
    server.close();
    feed.close();
    throw error;
  }
  return {
    address: `http://127.0.0.1:${portOf(server)}/${secret}`,
    upstream: options.upstream,
    counts,
    async close() {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      server.close(() => {
        resolve(undefined);
      });
      feed.close();
      server.closeAllConnections();
      upstream.close();
      await promise;
    },
  };
}

const BAD_GATEWAY = 502;

/** Longer than clients keep a connection that they do not use, so that it is never closed under a request of theirs. */
const KEPT_ALIVE_MS = 75_000;

/** As OpenAI's clients read errors. Nothing of the request or of the upstream's reply is in it. */
const BROKEN = JSON.stringify({
  error: {
    message:
      'The model server cannot be reached, or broke off. Check that it runs, and the address that Candor records.',
    type: 'candor_recorder',
  },
});

function listening(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  // Once it listens, nobody waits for this.
  server.on('error', (cause) => {
    const message = `Port ${port} cannot be had: another program, or another recorder, has it. Stop that, or give another port.`;
    reject(new CandorError('bad-call', message, { cause }));
  });
  server.listen({ port, host: '127.0.0.1' }, () => {
    resolve(undefined);
  });
  return promise;
}

/** 0 while it does not listen. */
function portOf(server: Server): number {
  const address = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
}
