import { CandorError } from '../../core/candorError.ts';
import { listModels } from './listModels.ts';
import { createServerClient } from './serverClient.ts';
import { timedOut } from './serverError.ts';
import { serverIdentity, type ServerIdentity } from './serverIdentity.ts';

/** A model server that runs on this machine, by what it says of itself. */
export interface LocalServer {
  /** Where its OpenAI routes are. */
  readonly baseUrl: string;
  readonly identity: ServerIdentity;
  /** The names of its models; empty for one that has none yet. */
  readonly models: readonly string[];
}

/** Ports on which local servers listen unless told otherwise, by their documentation. */
export const USUAL_PORTS: readonly { readonly port: number; readonly program: string }[] = [
  { port: 8080, program: 'llama-server' },
  { port: 11434, program: 'Ollama' },
  { port: 1234, program: 'LM Studio' },
  { port: 8000, program: 'vLLM' },
  { port: 30000, program: 'SGLang' },
  { port: 1337, program: 'Jan' },
  { port: 5001, program: 'KoboldCpp' },
];

/** A server on this machine lists its models at once, or is none. */
const LOCAL_TIMEOUT_MS = 400;

/** In how many pieces that time is counted. */
const TICKS = 8;

/** A list of models is short. What goes on for longer is something else. */
const MOST_LIST_BYTES = 1024 * 1024;

export interface FindOptions {
  readonly ports?: readonly number[];
  /** Most milliseconds that an answer may take, while this thread is free to hear it. */
  readonly timeoutMs?: number;
}

/**
 * Looks for model servers on this machine, on all ports at once. Each is asked for the list of its models, and one that
 * gives a list, for what it is: GET requests to 127.0.0.1, with no text and no key. A server that lets nobody in without
 * a key is not found.
 *
 * @returns those that answered, in the order of the ports; rejects with the reason of an aborted signal
 */
export async function findLocalServers(
  { ports = USUAL_PORTS.map(({ port }) => port), timeoutMs = LOCAL_TIMEOUT_MS }: FindOptions = {},
  signal?: AbortSignal,
): Promise<readonly LocalServer[]> {
  const answers = await Promise.all(ports.map((port) => serverAt(port, timeoutMs, signal)));
  return answers.filter((server) => server !== null);
}

async function serverAt(port: number, timeoutMs: number, signal?: AbortSignal): Promise<LocalServer | null> {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const client = createServerClient({ baseUrl, maxRetries: 0, maxReplyBytes: MOST_LIST_BYTES });
  try {
    const models = await within(timeoutMs, signal, (patience) => listModels(client, patience));
    const identity = await within(timeoutMs, signal, (patience) => serverIdentity(client, patience)).catch(
      unknownWhereLate,
    );
    signal?.throwIfAborted();
    // Some programs answer any route with something: a model server has a model, or says what it is.
    return models.length > 0 || identity.kind !== 'unknown' ? { baseUrl, identity, models } : null;
  } catch (error) {
    signal?.throwIfAborted();
    if (CandorError.is(error)) return null;
    throw error;
  } finally {
    client.close();
  }
}

/** A server that lists its models, and hangs when it is asked for more, is one all the same. */
function unknownWhereLate(error: unknown): ServerIdentity {
  if (CandorError.is(error)) return { kind: 'unknown', version: null };
  throw error;
}

/**
 * Waits so long for an answer and no longer. A thread that is busy elsewhere hears nothing, and its clock runs on: so the
 * time is counted in pieces, of which one that was missed is not made up for.
 */
async function within<Answer>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const late = new AbortController();
  let ticks = 0;
  const timer = setInterval(() => {
    ticks++;
    if (ticks === TICKS) late.abort(timedOut());
  }, timeoutMs / TICKS);
  try {
    return await ask(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  } finally {
    clearInterval(timer);
  }
}
