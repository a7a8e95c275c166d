/**
 * Opens VS Code with Candor on the sample workspace: the `code` of this machine, in a window and a profile of its own, or
 * else a VS Code in the browser, which is installed from the package registry once. It is the second half of `npm start`;
 * without a terminal there is nobody to look, and nothing is done.
 *
 *     node test/vscode/openSample.ts [--browser]        `--browser`: in the browser, terminal or not
 */
import { spawn } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { cacheFolder, node24, repositoryFolder } from './cacheFolder.ts';
import { packagedExtension } from './packagedExtension.ts';
import { programOnPath } from './programOnPath.ts';
import { runProgram } from './runProgram.ts';
import { startVsCode } from './startVsCode.ts';

const isInBrowser = process.argv.includes('--browser');
if (isInBrowser || (process.stdin.isTTY && process.stdout.isTTY)) await openSample();

async function openSample(): Promise<void> {
  const program = isInBrowser ? null : programOnPath(['code']);
  console.log(`\nOpening the sample in VS Code ${program === null ? 'in the browser' : `(${program})`} ...`);
  await runProgram(node24, ['.ci/package.ts', '--no-build'], { cwd: repositoryFolder });
  // A copy: whoever tries Candor edits what they see.
  const sample = join(cacheFolder, 'sample');
  rmSync(sample, { recursive: true, force: true });
  cpSync(join(repositoryFolder, 'test/fixtures/sample'), sample, { recursive: true });

  if (program !== null) {
    const extension = join(cacheFolder, 'package', hostTarget());
    const args = ['--new-window', '--profile-temp', `--extensionDevelopmentPath=${extension}`, sample];
    spawn(program, args, { detached: true, stdio: 'ignore' }).unref();
    console.log('Run “Candor: Audit file” or “Candor: Audit workspace” from its command palette (F1).');
    return;
  }
  const server = await startVsCode({ workspace: sample, vsix: packagedExtension() });
  console.log(`\n    ${server.url}\n`);
  console.log(
    'Open this address in a browser, and run “Candor: Audit file” from the command palette (F1). Ctrl+C ends it.',
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop());
}
