import { readdir } from 'node:fs/promises';
import type { OnProgress } from '../audit/onProgress.ts';
import type { Capabilities } from '../engines/engine.ts';
import { findLocalServers } from '../engines/openai/findLocalServers.ts';
import type { Assets } from './assets.ts';
import { DEFAULT_CHOICE, type EngineChoice } from './engineChoice.ts';
import { modelFolder, openEngine, probeFolder, serverOf } from './openEngine.ts';
import { tryServer, type TriedServer } from './tryServer.ts';

/** What is here to score with. */
export interface EngineListing {
  readonly embedded: readonly EmbeddedEngine[];
  /** Where downloaded models are kept, and the files there. */
  readonly modelFolder: string;
  readonly models: readonly string[];
  readonly servers: readonly TriedServer[];
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

export interface ListingRequest {
  /** The engine to look at, beside the one that is always here. */
  readonly choice: EngineChoice;
  /** Ports of this machine on which to look for servers. */
  readonly localPorts: readonly number[];
  readonly assets: Assets;
  readonly onProgress: OnProgress;
  readonly abortSignal?: AbortSignal;
}

/**
 * Lists the engines that are here and what they can do: an embedded one by opening it, a server by asking it. Servers are
 * asked only when they are named or looked for; one that was only found gets no key.
 *
 * @throws CandorError when the engine that was chosen cannot be had
 */
export async function listEngines(request: ListingRequest): Promise<EngineListing> {
  const { choice, localPorts, abortSignal } = request;
  const embedded = [await openedEngine({ engine: 'ngram' }, request)];
  const bundled = await openedEngine(choice.engine === 'bundled' ? choice : DEFAULT_CHOICE, request);
  if (bundled.name === 'bundled') embedded.unshift(bundled);
  if (choice.engine === 'llama') embedded.push(await openedEngine(choice, request));
  const chosen = choice.engine === 'openai' ? [await tryServer(serverOf(choice), abortSignal)] : [];
  const found = await findLocalServers({ ports: localPorts }, abortSignal);
  const others = found.filter(({ baseUrl }) => chosen.every((server) => server.baseUrl !== baseUrl));
  const tried = await Promise.all(
    others.map(({ baseUrl }) => tryServer({ baseUrl, memoryFolder: probeFolder() }, abortSignal)),
  );
  const folder = modelFolder();
  return {
    embedded,
    modelFolder: folder,
    models: await modelsIn(folder),
    servers: [...chosen, ...tried],
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
