import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, node24 } from './cacheFolder.ts';
import { installOnce } from './installOnce.ts';
import { npmInstall } from './npmInstall.ts';
import { runProgram } from './runProgram.ts';

/** The npm package that is VS Code with its workbench in a browser: 4.139.1 is VS Code 1.139.1. */
const VERSION = '4.139.1';

export interface VsCodeInstall {
  readonly folder: string;
  /** The script that Node 24 runs. */
  readonly entry: string;
}

/**
 * Installs VS Code (`code-server`) into the cache, once: about a minute, and only from the package registry. Nothing is
 * compiled: what VS Code asks of its native modules and these tests need is a log, which `plainLog.cjs` writes.
 * @throws {Error} on Windows, which code-server does not serve, and when npm or the registry is missing.
 */
export async function installVsCode(): Promise<VsCodeInstall> {
  if (process.platform === 'win32') {
    throw new Error('The tests in a browser need Linux or macOS: on Windows run "npm run test:desktop" instead.');
  }
  const folder = join(cacheFolder, 'vscode', VERSION);
  const install = vsCodeIn(folder);
  if (existsSync(folder) && !existsSync(install.entry)) rmSync(folder, { recursive: true, force: true });
  await installOnce(folder, async (beside) => {
    await npmInstall(beside, [`code-server@${VERSION}`]);
    const vscode = join(vsCodeIn(beside).folder, 'lib', 'vscode');
    await npmInstall(vscode);
    await npmInstall(join(vscode, 'extensions'));
    symlinkSync('node_modules', join(vscode, 'node_modules.asar'));
    const log = fileURLToPath(new URL('plainLog.cjs', import.meta.url));
    await copyFile(log, join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'));
    // The one sure sign that it is whole: it runs. Without a configuration named it would write one into the user's home.
    const config = join(beside, 'config.yaml');
    await runProgram(node24, [vsCodeIn(beside).entry, '--config', config, '--version'], { timeoutMs: 60_000 });
  });
  return install;
}

function vsCodeIn(folder: string): VsCodeInstall {
  const home = join(folder, 'node_modules', 'code-server');
  return { folder: home, entry: join(home, 'out', 'node', 'entry.js') };
}
