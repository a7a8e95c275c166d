import { createHash } from 'node:crypto';
import type { Source } from '../core/words.ts';
import type { FileToAudit } from './assessFile.ts';

/**
 * Digest of all that decides what is said of a file, but its text: who looks at it, and what of it is judged as what.
 *
 * @param maker the same of the whole audit
 * @param readIndices regions that are read, and not only looked at
 */
export function makerOfFile(
  maker: string,
  source: Source,
  { language, changedLines, origin, isOwn }: FileToAudit,
  readIndices: readonly number[] = [],
): string {
  const known = JSON.stringify([
    maker,
    source,
    language,
    changedLines ?? null,
    origin ?? null,
    isOwn ?? null,
    readIndices,
  ]);
  return createHash('sha256').update(known).digest('hex');
}
