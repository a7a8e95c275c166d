import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CandorError } from '../../core/candorError.ts';
import { parseJson, readField, readString } from '../../wire/jsonReaders.ts';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { Owned } from '../owned.ts';

/** The recorder that this window has started: `candor record` in a process of its own. */
export interface RecorderControl extends Owned {
  /**
   * Starts it, or another in its place, and takes in what it records.
   * @returns the address that tools are given
   * @throws CandorError in the words of the recorder where it cannot start
   */
  start(upstream: string, workspace: string): Promise<string>;
  stop(): void;
  /** null: it does not run. */
  readonly address: string | null;
}

/** @param cli the script of the command line */
export function createRecorderControl(auditor: Auditor, cli: URL): RecorderControl {
  let running: { readonly child: ChildProcess; readonly address: string } | null = null;

  function stop(): void {
    running?.child.kill();
    running = null;
    auditor.followRecorder(null);
  }

  async function start(upstream: string, workspace: string): Promise<string> {
    stop();
    const args = ['record', `--upstream=${upstream}`, `--workspace=${workspace}`, '--format=json'];
    // The editor's own executable is Node, if it is told so. When this window ends, so does the child's standard input.
    const child = spawn(process.execPath, [fileURLToPath(cli), ...args], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const address = await addressOf(child);
    running = { child, address };
    child.once('exit', () => {
      if (running?.child === child) stop();
    });
    auditor.followRecorder(address);
    return address;
  }

  return {
    start,
    stop,
    get address() {
      return running?.address ?? null;
    },
    dispose() {
      running?.child.kill();
    },
  };
}

/** The address, which the recorder says first; or else why there is none, in the last line of its complaint. */
function addressOf(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let complaint = 'it does not say why';
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const address = readString(readField(parseJson(line), 'address'));
      if (address !== null) resolve(address);
    });
  }
  if (child.stderr !== null) {
    createInterface(child.stderr).on('line', (line) => {
      complaint = line.replace(/^candor: /, '');
    });
  }
  child.once('error', (cause) => {
    reject(new CandorError('engine-failed', 'The recorder cannot be started. Try again.', { cause }));
  });
  // After the streams have ended: the complaint is whole.
  child.once('close', () => {
    reject(new CandorError('engine-failed', `The recorder ended: ${complaint}`));
  });
  return promise;
}
