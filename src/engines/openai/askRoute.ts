import { readBody } from '../../wire/readBody.ts';
import type { WirePart } from '../../wire/wirePart.ts';
import { joinStream } from './joinStream.ts';
import type { ServerClient } from './serverClient.ts';
import type { Route } from './serverRoutes.ts';

/**
 * What a server answers on a route; undefined for an answer in no format that is known. With `onText` the answer is
 * streamed, and the result is the same.
 */
export async function askRoute<Asked>(
  client: ServerClient,
  { path, bodyFor }: Route<string, Asked>,
  asked: Asked,
  signal?: AbortSignal,
  onText?: (text: string) => void,
): Promise<WirePart | undefined> {
  // Ollama streams unless it is told not to.
  const body = { ...bodyFor(asked), stream: onText !== undefined };
  if (onText !== undefined) return joinStream(client.stream(path, body, signal), onText);
  return readBody(await client.post(path, body, signal));
}
