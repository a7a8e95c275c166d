import { readdir } from 'node:fs/promises';
import type { OnProgress } from '../audit/onProgress.ts';
import { CandorError } from '../core/candorError.ts';
import type { Capabilities } from '../engines/engine.ts';
import { listModels } from '../engines/openai/listModels.ts';
import { probedServer } from '../engines/openai/probedServer.ts';
import { probeMemory } from '../engines/openai/probeMemory.ts';
import { createServerClient } from '../engines/openai/serverClient.ts';
import { serverIdentity, type ServerIdentity } from '../engines/openai/serverIdentity.ts';
import type { Assets } from './assets.ts';
import { DEFAULT_CHOICE, type EngineChoice, type OpenaiChoice } from './engineChoice.ts';
import { modelFolder, openEngine, serverOf } from './openEngine.ts';

/** What is here to score with. */
export interface EngineListing {
  readonly embedded: readonly EmbeddedEngine[];
  /** Where downloaded models are kept, and the files there. */
  readonly modelFolder: string;
  readonly models: readonly string[];
  readonly servers: readonly ServerListing[];
}

/** An engine that runs on this machine, opened to see what it can do. */
export interface EmbeddedEngine {
  readonly name: string;
  /** Digest of what it scores with. */
  readonly model: string;
  readonly capabilities: Capabilities;
  /** What computes: `cpu`, or the kind and the names of the accelerators. */
  readonly device: string;
}

export interface ServerListing {
  readonly baseUrl: string;
  readonly identity: ServerIdentity;
  readonly models: readonly string[];
  /** What was measured; null where nobody said which of several models to measure, or where it could not be. */
  readonly probed: Awaited<ReturnType<typeof probedServer>> | null;
  /** Why it could not be measured, in one sentence. */
  readonly failure: string | null;
}

/** Ports on which local servers listen unless told otherwise, by their documentation. */
export const USUAL_PORTS: readonly { readonly port: number; readonly program: string }[] = [
  { port: 8080, program: 'llama-server' },
  { port: 11434, program: 'Ollama' },
  { port: 8000, program: 'vLLM' },
  { port: 30000, program: 'SGLang' },
  { port: 1234, program: 'LM Studio' },
  { port: 1337, program: 'Jan' },
  { port: 5001, program: 'KoboldCpp' },
];

/** A server on this machine answers at once, or is none. */
const LOCAL_TIMEOUT_MS = 2000;

export interface ListingRequest {
  /** The engine to look at, beside the one that is always here. */
  readonly choice: EngineChoice;
  /** Base URLs to try, where a server may be or not. */
  readonly maybeServers: readonly string[];
  readonly assets: Assets;
  readonly onProgress: OnProgress;
  readonly abortSignal?: AbortSignal;
}

/**
 * Lists the engines that are here and what they can do: an embedded one by opening it, a server by asking it. Servers are
 * asked only when they are named, or may be tried.
 *
 * @throws CandorError when the engine that was chosen cannot be had
 */
export async function listEngines(request: ListingRequest): Promise<EngineListing> {
  const { choice, maybeServers, abortSignal } = request;
  const embedded = [await openedEngine({ engine: 'ngram' }, request)];
  const bundled = await openedEngine(choice.engine === 'bundled' ? choice : DEFAULT_CHOICE, request);
  if (bundled.name === 'bundled') embedded.unshift(bundled);
  if (choice.engine === 'llama') embedded.push(await openedEngine(choice, request));
  const chosen = choice.engine === 'openai' ? [await listServer(choice, abortSignal)] : [];
  const tried = await Promise.all(maybeServers.map((baseUrl) => tryServer(baseUrl, abortSignal)));
  const folder = modelFolder();
  return {
    embedded,
    modelFolder: folder,
    models: await modelsIn(folder),
    servers: [...chosen, ...tried.filter((server) => server !== null)],
  };
}

async function modelsIn(folder: string): Promise<readonly string[]> {
  const paths = await readdir(folder, { recursive: true }).catch(() => []);
  return paths.filter((path) => path.endsWith('.gguf')).sort();
}

async function openedEngine(
  choice: EngineChoice,
  { assets, onProgress, abortSignal }: ListingRequest,
): Promise<EmbeddedEngine> {
  const { engine, device } = await openEngine(choice, assets, onProgress, abortSignal);
  const { name, source, capabilities } = engine;
  await engine.close();
  return { name, model: source.model, capabilities, device };
}

/** A server that may not be there; null where none answers. */
async function tryServer(baseUrl: string, signal?: AbortSignal): Promise<ServerListing | null> {
  const client = createServerClient({
    ...serverOf({ engine: 'openai', baseUrl }),
    timeoutMs: LOCAL_TIMEOUT_MS,
    maxRetries: 0,
  });
  try {
    await listModels(client, signal);
  } catch (error) {
    if (CandorError.is(error)) return null;
    throw error;
  } finally {
    client.close();
  }
  return listServer({ engine: 'openai', baseUrl }, signal);
}

async function listServer(choice: OpenaiChoice, signal?: AbortSignal): Promise<ServerListing> {
  const { memoryFolder, ...server } = serverOf(choice);
  const client = createServerClient(server);
  try {
    const identity = await serverIdentity(client, signal);
    const models = await listModels(client, signal).catch(noneWhereRefused);
    const model = choice.model ?? (models.length === 1 ? models[0] : undefined);
    const listing = { baseUrl: client.baseUrl, identity, models, probed: null, failure: null };
    if (model === undefined) return listing;
    try {
      return { ...listing, probed: await probedServer(client, model, probeMemory(memoryFolder), signal) };
    } catch (error) {
      if (CandorError.is(error)) return { ...listing, failure: error.message };
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
