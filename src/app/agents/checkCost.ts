import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundCode } from '../findCode.ts';
import { CandorError } from '../../core/candorError.ts';
import { CALL_LIMITS } from './callLimits.ts';
import { isInside } from './isInside.ts';
import type { Root } from './realRoots.ts';

/** Larger files are skipped unread. */
const MOST_BYTES_OF_FILE = 1_000_000;

/**
 * The code that was found, without what leads out of its root by a link.
 * @param workspace what the paths of the code are relative to
 * @throws CandorError `bad-call` when it is more than one call may cost
 */
export async function checkCost(
  { real }: Root,
  workspace: string,
  code: FoundCode,
  limits: { readonly files: number; readonly bytes: number } = CALL_LIMITS,
): Promise<FoundCode> {
  const judged = code.files.filter(({ leftOut }) => leftOut === undefined);
  if (judged.length > limits.files) {
    const counts = `${judged.length.toLocaleString('en')} files are more than the ${limits.files.toLocaleString('en')}`;
    throw new CandorError('bad-call', `${counts} that one call may ask about. Name fewer, or folders further down.`);
  }
  const files = [];
  let bytes = 0;
  for (const file of code.files) {
    const path = await realpath(join(workspace, file.path)).catch(() => null);
    // A file that has just gone is the audit's to tell.
    if (path !== null && !isInside(real, path)) continue;
    const size =
      path === null
        ? 0
        : await stat(path).then(
            (entry) => entry.size,
            () => 0,
          );
    if (file.leftOut === undefined && size <= MOST_BYTES_OF_FILE) bytes += size;
    files.push(file);
  }
  if (bytes > limits.bytes) {
    const sizes = `${megabytes(bytes)} MB of code are more than the ${megabytes(limits.bytes)} MB`;
    throw new CandorError(
      'bad-call',
      `${sizes} that one call may ask about. Name fewer files, or folders further down.`,
    );
  }
  return { ...code, files };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
