import { readArray, readField, readString } from '../../wire/jsonReaders.ts';
import type { ServerClient } from './serverClient.ts';

/**
 * The names of the models that a server says it has; empty for one that lists none. Names that cannot be shown on one
 * line are left out.
 * @throws CandorError when the server does not answer
 */
export async function listModels(client: ServerClient, signal?: AbortSignal): Promise<readonly string[]> {
  const answer = await client.get('models', signal);
  const names = readArray(readField(answer, 'data')).map((model) => readString(readField(model, 'id')) ?? '');
  return [...new Set(names.filter((name) => /^[^\p{C}\p{Zl}\p{Zp}]{1,300}$/u.test(name)))];
}
