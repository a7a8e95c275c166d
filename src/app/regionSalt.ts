import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The user's own salt for region identities: made once and kept in the user's state folder, so that a region has the
 * same identity tomorrow and nobody else can tell its text from it. Where nothing can be written each run has its own.
 */
export async function regionSalt(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folder = join(stateFolder(environment), 'candor');
  const path = join(folder, 'region-salt');
  try {
    return await readFile(path, 'utf8');
  } catch {
    const salt = randomBytes(32).toString('hex');
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(path, salt, { mode: 0o600, flag: 'wx' });
      return salt;
    } catch {
      // Either another run was faster, or there is no place to write to.
      return readFile(path, 'utf8').catch(() => salt);
    }
  }
}

function stateFolder(environment: NodeJS.ProcessEnv): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = environment;
  if (XDG_STATE_HOME !== undefined && XDG_STATE_HOME !== '') return XDG_STATE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA !== undefined) return LOCALAPPDATA;
  return join(homedir(), '.local', 'state');
}
