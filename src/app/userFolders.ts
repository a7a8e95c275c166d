import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Candor keeps what must last: `candor` in the user's state folder. */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(base(environment, environment.XDG_STATE_HOME, join('.local', 'state')), 'candor');
}

/** Where the ledger is. */
export function ledgerPath(environment: NodeJS.ProcessEnv = process.env): string {
  return join(stateFolder(environment), 'ledger.sqlite');
}

/** Where Candor keeps what can be had again: `candor` in the user's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const usual = process.platform === 'darwin' ? join('Library', 'Caches') : '.cache';
  return join(base(environment, environment.XDG_CACHE_HOME, usual), 'candor');
}

/** The XDG Base Directory Specification's variable where it is set, on Windows the local application data. */
function base({ LOCALAPPDATA }: NodeJS.ProcessEnv, asked: string | undefined, usual: string): string {
  if (asked !== undefined && asked !== '') return asked;
  if (process.platform === 'win32' && LOCALAPPDATA !== undefined) return LOCALAPPDATA;
  return join(homedir(), usual);
}
