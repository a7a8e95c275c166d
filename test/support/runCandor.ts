import { spawn, type SpawnOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporaryFolder.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `candor` in a folder, with state and cache folders of its own. */
export function runCandor(
  cwd: string,
  args: readonly string[],
  options: SpawnOptions & { readonly nodeArgs?: readonly string[] } = {},
): Promise<Outcome> {
  const { nodeArgs = [], env, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, CLI, ...args], {
      cwd,
      env: {
        ...process.env,
        XDG_STATE_HOME: temporaryFolder(),
        XDG_CACHE_HOME: temporaryFolder(),
        FORCE_COLOR: undefined,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...rest,
    });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout?.on('data', (chunk: Buffer) => output.stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => output.stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        code,
        stdout: Buffer.concat(output.stdout).toString(),
        stderr: Buffer.concat(output.stderr).toString(),
      });
    });
  });
}
