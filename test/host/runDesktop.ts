/**
 * Runs the tests in this folder inside of a desktop VS Code, which is downloaded once (`.vscode-test/`), on the packaged
 * extension of this machine.
 *
 *     npm run test:desktop [-- stable | minimum | VERSION]      default: stable
 *
 * `minimum` is the version that `engines.vscode` names. Linux without a display needs `xvfb-run -a` before it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { bundleHostTests } from './bundleHostTests.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const wanted = process.argv[2] ?? 'stable';
const scratch = mkdtempSync(join(tmpdir(), 'candor-host-'));
try {
  execFileSync(process.execPath, ['.ci/package.ts'], { cwd: root, stdio: 'inherit' });
  const workspace = join(scratch, 'sample');
  cpSync(join(root, 'test/fixtures/sample'), workspace, { recursive: true });
  process.exitCode = await runTests({
    version: wanted === 'minimum' ? minimumVersion() : wanted,
    extensionDevelopmentPath: join(root, '.cache/package', hostTarget()),
    extensionTestsPath: (await bundleHostTests()).entry,
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      `--user-data-dir=${join(scratch, 'user')}`,
    ],
  });
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

function minimumVersion(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  return manifest.engines.vscode.replace(/^\D+/, '');
}
