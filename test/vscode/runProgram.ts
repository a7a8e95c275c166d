import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/**
 * Runs a program to its end and returns what it wrote.
 * @throws {Error} when it cannot start, fails, or takes longer than `timeoutMs`; with some of what it wrote.
 */
export function runProgram(program: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const { timeoutMs = 5 * 60_000, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...rest, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString();
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${code ?? signal ?? 'nothing'}: ${excerpt(output)}`));
    });
  });
}

/** The first lines of what a program wrote, where npm says what is wrong, and the last, where most others do. */
function excerpt(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return (lines.length <= 6 ? lines : [...lines.slice(0, 3), '...', ...lines.slice(-2)]).join(' | ');
}
