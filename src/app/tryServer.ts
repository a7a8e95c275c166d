import { CandorError } from '../core/candorError.ts';
import { listModels } from '../engines/openai/listModels.ts';
import type { OpenaiEngineOptions } from '../engines/openai/openOpenaiEngine.ts';
import { probedServer } from '../engines/openai/probedServer.ts';
import { probeMemory } from '../engines/openai/probeMemory.ts';
import { createServerClient } from '../engines/openai/serverClient.ts';
import { serverIdentity, type ServerIdentity } from '../engines/openai/serverIdentity.ts';

/** A server that was asked what it is and has, and tried with a model of it. */
export interface TriedServer {
  readonly baseUrl: string;
  readonly identity: ServerIdentity;
  readonly models: readonly string[];
  /** What was measured; null where nobody said which of several models to measure, or where it could not be. */
  readonly probed: Awaited<ReturnType<typeof probedServer>> | null;
  /** Why it could not be measured, in one sentence. */
  readonly failure: string | null;
}

/**
 * Tries a server: asks what it is, and measures what it does with the model that is named, or the only one that it has.
 * It is sent a text of Candor's own, and the key that it is tried with.
 *
 * @throws CandorError when the server does not answer
 */
export async function tryServer(
  { memoryFolder, model: named, ...server }: OpenaiEngineOptions,
  signal?: AbortSignal,
): Promise<TriedServer> {
  const client = createServerClient(server);
  try {
    const identity = await serverIdentity(client, signal);
    const models = await listModels(client, signal).catch(noneWhereRefused);
    const model = named ?? (models.length === 1 ? models[0] : undefined);
    const tried = { baseUrl: client.baseUrl, identity, models, probed: null, failure: null };
    if (model === undefined) return tried;
    const memory = memoryFolder === undefined ? null : probeMemory(memoryFolder);
    try {
      return { ...tried, probed: await probedServer(client, model, memory, signal) };
    } catch (error) {
      if (CandorError.is(error)) return { ...tried, failure: error.message };
      throw error;
    }
  } finally {
    client.close();
  }
}

/** Some hosts score, and list no models. */
function noneWhereRefused(error: unknown): readonly string[] {
  if (CandorError.is(error) && !CandorError.is(error, 'engine-failed')) return [];
  throw error;
}
