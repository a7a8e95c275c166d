import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));

describe.skipIf(process.platform === 'win32')('candor in a pipe whose reader goes, as head does', () => {
  it('ends quietly', async () => {
    const cwd = temporaryFolder({ 'a.ts': 'let a = [1, 2, 3];\n'.repeat(2_000) });
    const child = spawn(process.execPath, [CLI, 'score', 'a.ts', '--engine=ngram', '--format=json'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'close')) as [number | null];
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});
