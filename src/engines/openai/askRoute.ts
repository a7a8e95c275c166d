import { readBody } from '../../wire/readBody.ts';
import type { WirePart } from '../../wire/wirePart.ts';
import { joinStream, type Listening } from './joinStream.ts';
import type { ServerClient } from './serverClient.ts';
import type { Route } from './serverRoutes.ts';

/**
 * What a server answers on a route; undefined for an answer in no format that is known. What is listened to is streamed, and
 * the result is the same.
 */
export async function askRoute<Asked>(
  client: ServerClient,
  { path, bodyFor }: Route<string, Asked>,
  asked: Asked,
  signal?: AbortSignal,
  listening?: Listening,
): Promise<WirePart | undefined> {
  // Ollama streams unless it is told not to.
  const body = { ...bodyFor(asked), stream: listening !== undefined };
  if (listening === undefined) return readBody(await client.post(path, body, signal));
  const signals = [signal, listening.stopSignal].filter((one) => one !== undefined);
  const part = await joinStream(client.stream(path, body, AbortSignal.any(signals)), listening);
  signal?.throwIfAborted();
  return part;
}
