import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { dirname } from 'node:path';
import { CandorError } from '../core/candorError.ts';

export interface GitAnswer {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** -1 when it was killed. */
  readonly exitCode: number;
}

/** More is no answer that somebody waits for, and would not fit a string. */
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/**
 * Runs git, with the environment's say in where its files are taken away, no transport allowed, nobody asked for a
 * password, and messages in English.
 *
 * @param indexFile the index to read in place of the repository's own
 * @throws CandorError `unsupported` when there is no git, or it answers more than can be read; the signal's reason when aborted
 */
export async function runGit(args: readonly string[], signal?: AbortSignal, indexFile?: string): Promise<GitAnswer> {
  signal?.throwIfAborted();
  try {
    return await outputOf(args, signal, indexFile);
  } catch (error) {
    // Then it is killed, and that is no fault.
    signal?.throwIfAborted();
    throw error;
  }
}

function outputOf(
  args: readonly string[],
  signal: AbortSignal | undefined,
  indexFile: string | undefined,
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const git = spawnGit(args, ['ignore', 'pipe', 'pipe'], signal, indexFile);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let byteCount = 0;
    git.stdout?.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      byteCount += chunk.length;
      if (byteCount > MAX_OUTPUT_BYTES) git.kill();
    });
    git.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    git.on('error', (cause) => {
      reject(noGit(cause));
    });
    git.on('close', (exitCode) => {
      if (byteCount > MAX_OUTPUT_BYTES) {
        const message = 'Too much changed to be looked at as a whole. Name a later commit, or a folder inside.';
        reject(new CandorError('unsupported', message));
      } else resolve({ stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr), exitCode: exitCode ?? -1 });
    });
  });
}

/** Starts git, as `runGit` does, for whoever talks with it or reads it piece by piece. */
export function spawnGit(
  args: readonly string[],
  stdio: StdioOptions,
  signal?: AbortSignal,
  indexFile?: string,
): ChildProcess {
  return spawn('git', args, {
    // Windows looks for programs in the working folder first, and that may be one which a stranger filled.
    cwd: dirname(process.execPath),
    env: { ...gitEnvironment(process.env), ...(indexFile !== undefined && { GIT_INDEX_FILE: indexFile }) },
    stdio,
    windowsHide: true,
    ...(signal && { signal }),
  });
}

/** What a failed start of git means. */
export function noGit(cause: unknown): CandorError {
  const message = 'Git cannot be run on this machine. Install git, or put it on the PATH.';
  return new CandorError('unsupported', message, { cause });
}

/** Variables that say where the user's own configuration and git itself are. */
const KEPT = /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)|CEILING_DIRECTORIES|EXEC_PATH)$/i;

/** Other variables of git's name another repository (as in a hook), or programs. */
function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !/^GIT_/i.test(name) || KEPT.test(name))),
    GIT_NO_LAZY_FETCH: '1',
    // Objects are read as they are, whatever a repository would put in their place.
    GIT_NO_REPLACE_OBJECTS: '1',
    // Names the only transport that is allowed: one that there is not.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
