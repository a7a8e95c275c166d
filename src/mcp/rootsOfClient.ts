import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { fileURLToPath } from 'node:url';
import { realRoots, type Root } from '../app/agents/realRoots.ts';
import { CandorError } from '../core/candorError.ts';

const PATIENCE_MS = 5_000;

/**
 * What a client says that agents may ask about, if it offers to say it; or else the folders of the command line.
 * @throws CandorError `bad-call` when that is no folder at all, `engine-failed` when the client does not answer
 */
export async function rootsOfClient(
  { server }: McpServer,
  folders: readonly string[],
  signal: AbortSignal,
): Promise<readonly Root[]> {
  const isOffered = server.getClientCapabilities()?.roots !== undefined;
  const roots = await realRoots(isOffered ? await foldersOf(server, signal) : folders);
  if (roots.length > 0) return roots;
  const message = isOffered
    ? 'The client shares no folder of this machine. Open a folder in it, and ask again.'
    : 'The folder that candor mcp may read is not there. Start it again with --root=DIR.';
  throw new CandorError('bad-call', message);
}

async function foldersOf(server: McpServer['server'], signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { roots } = await server.listRoots(undefined, { signal, timeout: PATIENCE_MS });
    return roots.map(({ uri }) => folderOf(uri)).filter((folder) => folder !== null);
  } catch (cause) {
    signal.throwIfAborted();
    throw new CandorError('engine-failed', 'The client did not say which folders it shares. Ask again.', { cause });
  }
}

function folderOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    // It is on no disk here.
    return null;
  }
}
