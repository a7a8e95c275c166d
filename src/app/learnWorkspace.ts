import { join } from 'node:path';
import type { OnProgress } from '../audit/auditFiles.ts';
import { mapInOrder } from '../audit/mapInOrder.ts';
import { readSource } from '../audit/readSource.ts';
import type { NgramEngine } from '../engines/ngram/ngramEngine.ts';
import { findCode } from './findCode.ts';

/** More is not learned: it would take half a gigabyte. */
const MAX_LEARNED_TOKENS = 40_000_000;

const READS_UNDER_WAY = 16;

/** Learns the code of a workspace, up to a limit; what lies at `first` before all the rest. */
export async function learnWorkspace(
  engine: NgramEngine,
  workspace: string,
  first: readonly string[],
  onProgress: OnProgress,
  abortSignal?: AbortSignal,
): Promise<void> {
  const rest = (await findCode(workspace, [workspace])).files.map((file) => file.path);
  const paths = [...new Set([...first, ...rest])];
  const read = async (path: string): Promise<{ path: string; text: string | null }> => {
    const source = await readSource(join(workspace, path));
    return { path, text: source.kind === 'text' ? source.text : null };
  };
  let done = 0;
  for await (const { path, text } of mapInOrder(paths, READS_UNDER_WAY, read)) {
    abortSignal?.throwIfAborted();
    if (engine.learnedTokenCount >= MAX_LEARNED_TOKENS) break;
    if (text !== null) engine.learn(path, text);
    onProgress('learning', ++done, paths.length);
  }
}
