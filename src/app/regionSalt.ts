import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolder } from './userFolders.ts';

/**
 * The user's own salt for region identities: made once and kept in the user's state folder, so that a region has the
 * same identity tomorrow and nobody else can tell its text from it. Where nothing can be written each run has its own.
 */
export async function regionSalt(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = stateFolder(environment);
  const path = join(folder, 'region-salt');
  const kept = await keptSalt(path);
  if (kept !== null) return kept;
  const salt = randomBytes(32).toString('hex');
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(unfinished, salt, { mode: 0o600, flag: 'wx' });
    // Whole or not at all, and not over that of a run that was faster.
    await link(unfinished, path).catch(async () => {
      if ((await keptSalt(path)) === null) await rename(unfinished, path);
    });
    return (await keptSalt(path)) ?? salt;
  } catch {
    // There is no place to write to.
    return salt;
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

/** The salt in a file; null where there is none, or no whole one. */
async function keptSalt(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^[0-9a-f]{64}$/.test(text) ? text : null;
}
