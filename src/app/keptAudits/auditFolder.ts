import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../userFolders.ts';

/** What was not asked for so long is dropped. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/**
 * The folder in which audits of a workspace are kept, in the user's cache folder, readable by the user alone. What is kept there quotes
 * code, and can all be had again. Folders of workspaces that were not audited for a month are removed on the way.
 *
 * @returns null where there is no place to write to
 */
export async function auditFolder(
  workspace: string,
  environment: NodeJS.ProcessEnv = process.env,
  nowMs = Date.now(),
): Promise<string | null> {
  const audits = join(cacheFolder(environment), 'audits');
  const folder = join(audits, createHash('sha256').update(workspace).digest('hex').slice(0, 32));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await utimes(folder, nowMs / 1000, nowMs / 1000);
    await removeOld(audits, nowMs);
    return folder;
  } catch {
    return null;
  }
}

async function removeOld(audits: string, nowMs: number): Promise<void> {
  for (const name of await readdir(audits)) {
    const folder = join(audits, name);
    const { mtimeMs } = await stat(folder);
    if (nowMs - mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true });
  }
}
