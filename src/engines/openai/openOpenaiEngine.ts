import { CandorError } from '../../core/candorError.ts';
import { listModels } from './listModels.ts';
import { OpenaiEngine } from './openaiEngine.ts';
import { probedServer } from './probedServer.ts';
import { probeMemory } from './probeMemory.ts';
import { createServerClient, type ServerClient, type ServerClientOptions } from './serverClient.ts';

export interface OpenaiEngineOptions extends ServerClientOptions {
  /** The name by which the server knows the model. Absent: the only one that it has. */
  readonly model?: string;
  /** Where to remember what servers were measured to do. Absent: it is measured each time. */
  readonly memoryFolder?: string;
}

/** Most models that an error names. */
const NAMED_MODELS = 5;

/**
 * Opens an engine on a server, after measuring what the server does with the model.
 * @throws CandorError `bad-call` for an address that is none, and for no model where there are several
 */
export async function openOpenaiEngine(options: OpenaiEngineOptions, signal?: AbortSignal): Promise<OpenaiEngine> {
  const { model: wanted, memoryFolder, ...ofClient } = options;
  const client = createServerClient(ofClient);
  try {
    const model = wanted ?? (await onlyModel(client, signal));
    const memory = memoryFolder === undefined ? null : probeMemory(memoryFolder);
    const { abilities } = await probedServer(client, model, memory, signal);
    return new OpenaiEngine(client, abilities);
  } catch (error) {
    client.close();
    throw error;
  }
}

async function onlyModel(client: ServerClient, signal: AbortSignal | undefined): Promise<string> {
  const models = await listModels(client, signal);
  const [only, ...others] = models;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) throw new CandorError('bad-call', 'The model server lists no models. Name the model to use.');
  const more = models.length > NAMED_MODELS ? ` and ${models.length - NAMED_MODELS} more` : '';
  const named = models.slice(0, NAMED_MODELS).join(', ');
  throw new CandorError('bad-call', `The model server has several models. Name one of them: ${named}${more}.`);
}
