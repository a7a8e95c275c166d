import { spawn } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CandorError } from '../../core/candorError.ts';
import { ISOLATE_SCRIPT } from './isolateScript.ts';

/** What a command may use. All are whole numbers from 1 on. */
export interface IsolationLimits {
  /** At most 2^31 - 1. */
  readonly wallMs: number;
  /** Of one process. */
  readonly cpuSeconds: number;
  /** Address space of one process. */
  readonly memoryBytes: number;
  /** Of one file. */
  readonly fileBytes: number;
  /** Of the user who runs Candor. The kernel does not hold root to it. */
  readonly processCount: number;
}

export interface IsolatedCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** The one folder that the command can write to, and works in. */
  readonly folder: string;
  readonly limits: IsolationLimits;
  /** Folders in which the command finds programs, before the system's own. */
  readonly programFolders?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface IsolatedOutcome {
  /** Above 128 for one that a signal ended; null for one that was killed when its time was over. */
  readonly exitCode: number | null;
  /** The first megabyte. */
  readonly stdout: string;
  readonly stderr: string;
}

const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const MOST_OUTPUT_BYTES = 1_000_000;

/**
 * Runs a command that nobody vouches for, such as a stranger's tests, in Linux namespaces of its own: it reaches no
 * network, sees no process but its own, writes to no file outside its folder, finds an empty `/tmp` and `/run` (where the
 * sockets of other programs are), has a clean environment and no privilege. It still reads what the user can read, and
 * finds sockets that lie elsewhere. When it ends, or its time is over, all that it started ends with it. How it is done is
 * in `isolateScript.ts`.
 *
 * @throws CandorError `unsupported` where this cannot be had: not Linux, no `unshare`, user namespaces off; then nothing
 * was run. `not-found` where the folder is missing, `bad-call` where it is `/`. The signal's reason when aborted
 */
export async function runIsolated(command: IsolatedCommand): Promise<IsolatedOutcome> {
  const { signal, folder } = command;
  signal?.throwIfAborted();
  if (process.platform !== 'linux') throw noIsolation();
  // A link's target is what is mounted.
  const outcome = await spawned(command, await realFolder(folder));
  signal?.throwIfAborted();
  return outcome;
}

async function realFolder(folder: string): Promise<string> {
  const path = await realpath(folder).catch((cause: unknown) => {
    throw new CandorError('not-found', `${folder} does not exist. Make the folder first.`, { cause });
  });
  if (path !== '/') return path;
  throw new CandorError('bad-call', 'The whole machine is no scratch folder. Name a folder made for this.');
}

function spawned(command: IsolatedCommand, folder: string): Promise<IsolatedOutcome> {
  const { program, args, limits, programFolders = [], signal } = command;
  const limitArgs = [
    `--cpu=${limits.cpuSeconds}`,
    `--as=${limits.memoryBytes}`,
    `--fsize=${limits.fileBytes}`,
    `--nproc=${limits.processCount}`,
    '--core=0',
  ];
  const namespaces = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--ipc', '--uts', '--fork'];
  const path = [...programFolders, ...SYSTEM_FOLDERS].join(':');
  const limited = [...limitArgs, '--', 'env', `PATH=${path}`, program, ...args];
  const inside = ['sh', '-c', ISOLATE_SCRIPT, 'sh', folder, ...limited];
  return new Promise((resolve, reject) => {
    const child = spawn('unshare', [...namespaces, '--kill-child', '--', ...inside], {
      cwd: folder,
      env: { PATH: SYSTEM_FOLDERS.join(':'), HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [stdout, stderr, ready] = [headOf(child.stdio[1]), headOf(child.stdio[2]), headOf(child.stdio[3])];
    let isLate = false;
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const clock = setTimeout(() => {
      isLate = true;
      kill();
    }, limits.wallMs);
    const settle = (): void => {
      clearTimeout(clock);
      signal?.removeEventListener('abort', kill);
    };
    signal?.addEventListener('abort', kill, { once: true });
    child.on('error', (cause) => {
      settle();
      reject(noIsolation({ cause }));
    });
    child.on('close', (exitCode) => {
      settle();
      const wasRun = ready() !== '' || isLate || signal?.aborted === true;
      if (wasRun) resolve({ exitCode: isLate ? null : exitCode, stdout: stdout(), stderr: stderr() });
      else reject(noIsolation({ cause: new Error(stderr()) }));
    });
  });
}

/** What the beginning of a stream says so far. The rest is read too, so that the writer need not wait. */
function headOf(stream: unknown): () => string {
  const chunks: Buffer[] = [];
  let room = MOST_OUTPUT_BYTES;
  if (stream instanceof Readable) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, room));
      room -= Math.min(room, chunk.length);
    });
  }
  return () => Buffer.concat(chunks).toString('utf8');
}

function noIsolation(options?: ErrorOptions): CandorError {
  const message =
    'Commands cannot be shut off from this machine. Use a Linux with unshare and user namespaces, or run no tests.';
  return new CandorError('unsupported', message, options);
}
