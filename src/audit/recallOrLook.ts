import { join } from 'node:path';
import type { FileToAudit } from './assessFile.ts';
import type { AuditRequest } from './auditRequest.ts';
import type { StoredFile } from './auditStore.ts';
import type { LookAtFile } from './lookAtFile.ts';
import { stampOfFile } from './stampOfFile.ts';

/** A file that failed may do better the next time, and is never found again. */
const NOT_AGAIN: readonly (string | null)[] = ['not scored', 'not parsed', 'out of time', 'not readable', 'not there'];

/**
 * What the store has of a file that has not changed, by what the disk says of it or, where that proves nothing, by its text; else a
 * new look, which is kept.
 *
 * @param use what the file is kept for: who looked at it, or read it
 */
export async function recallOrLook(
  { root, store, openTexts }: AuditRequest,
  use: string,
  maker: string,
  file: FileToAudit,
  look: LookAtFile,
): Promise<StoredFile> {
  const { path } = file;
  // What is said of some lines must not take the place of what is said of the file.
  const slot = file.changedLines === undefined ? use : `${use}, in part`;
  const isOnDisk = file.leftOut === undefined && file.text === undefined && openTexts?.has(path) !== true;
  const stamp = isOnDisk ? await stampOfFile(join(root, path)) : null;
  const found = store.find(path, slot);
  const kept = found?.maker === maker ? found : null;
  if (kept !== null && stamp !== null && kept.stamp === stamp) return kept;
  const looked = await look(file, kept?.digest ?? null);
  if (looked === 'same') {
    if (kept === null) throw new TypeError(`Nothing was known of ${path} that it could be the same as.`);
    store.restamp(path, slot, stamp);
    return kept;
  }
  const { record, ...known } = looked;
  const hasFailed = NOT_AGAIN.includes(looked.sketch.skipped);
  const stored = { path, slot, maker: hasFailed ? '' : maker, stamp, ...known };
  store.keep(stored, record);
  return stored;
}
