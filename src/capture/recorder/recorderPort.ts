import { createHash } from 'node:crypto';

/** Below what systems hand out themselves: Linux begins at 32768, others at 49152. */
const FIRST_PORT = 20_000;
const PORT_COUNT = 12_768;

/**
 * The port of a workspace's recorder: always the same, so that tools are told once. Two workspaces share one by chance once
 * in 12,768 pairs; then the second recorder says that the port is taken.
 *
 * @param digest of the workspace, any text
 * @returns in [20000, 32767]
 */
export function portOf(digest: string): number {
  return FIRST_PORT + (createHash('sha256').update(digest).digest().readUInt32BE() % PORT_COUNT);
}
