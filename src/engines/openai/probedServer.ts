import type { ProbeMemory } from './probeMemory.ts';
import { probeServer, type ServerReport } from './probeServer.ts';
import type { ServerClient } from './serverClient.ts';
import { serverIdentity, type ServerIdentity } from './serverIdentity.ts';

/**
 * What a server does with a model: as it was measured lately, where that is remembered, else measured now.
 * @param memory Where reports are kept; null: nothing is remembered.
 * @throws CandorError when the server cannot be asked at all
 */
export async function probedServer(
  client: ServerClient,
  model: string,
  memory: ProbeMemory | null,
  signal?: AbortSignal,
): Promise<ServerReport & { readonly identity: ServerIdentity; readonly isRemembered: boolean }> {
  const identity = await serverIdentity(client, signal);
  const key = { baseUrl: client.baseUrl, model, identity };
  const remembered = await memory?.recall(key);
  if (remembered) return { ...remembered, identity, isRemembered: true };
  const report = await probeServer(client, model, signal, identity.kind);
  await memory?.keep(key, report);
  return { ...report, identity, isRemembered: false };
}
