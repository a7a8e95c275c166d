import type { FileToAudit } from '../audit/assessFile.ts';
import type { FoundCode } from './findCode.ts';

/** What was found, in order of path; null: no code by its name. */
export function foundCodeOf(found: ReadonlyMap<string, FileToAudit | null>): FoundCode {
  const files = [...found.values()].filter((file) => file !== null);
  return {
    files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    otherFileCount: found.size - files.length,
  };
}
