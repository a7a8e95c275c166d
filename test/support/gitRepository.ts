import { execFileSync } from 'node:child_process';
import { temporaryFolder, type Files } from './temporaryFolder.ts';

/** Nobody's configuration, and an identity and a clock of its own. */
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  GIT_AUTHOR_DATE: '1700000000 +0100',
  GIT_COMMITTER_DATE: '1700000000 +0100',
};

/** Runs git in a folder, and gives what it says. */
export function git(folder: string, ...args: readonly string[]): string {
  return gitIn(folder, ENVIRONMENT, args);
}

function gitIn(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8', stdio: 'pipe' });
}

/** Commits all that a folder holds, at a time of its own, in seconds since 1970. */
export function commitAt(folder: string, atSeconds: number, message: string): void {
  const date = `${atSeconds} +0000`;
  const env = { ...ENVIRONMENT, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  gitIn(folder, env, ['add', '--all']);
  gitIn(folder, env, ['commit', '--quiet', `--message=${message}`]);
}

/** Commits all that a folder holds. */
export function commitAll(folder: string, message = 'a'): string {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', `--message=${message}`);
  return git(folder, 'rev-parse', 'HEAD').trim();
}

/** A folder with a git repository of one commit, which goes when the test that asked for it ends. */
export function gitRepository(files: Files = {}, ...initArgs: readonly string[]): string {
  const folder = temporaryFolder(files);
  git(folder, 'init', '--quiet', '--initial-branch=main', ...initArgs);
  commitAll(folder);
  return folder;
}
