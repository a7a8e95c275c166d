import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, node24 } from './cacheFolder.ts';
import { installOnce } from './installOnce.ts';
import { runProgram } from './runProgram.ts';

const INSTALL_MS = 60_000;

/** Where `.ci/package.ts` leaves the packages of Candor. */
const PACKAGES = join(cacheFolder, 'package');
const INSTALLED = join(cacheFolder, 'installed');

/** VS Code's script, with the options that say where it keeps its things, and its environment. */
export interface InstallingServer {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Installs packaged extensions into an empty folder, as VS Code's command line does it. Candor's own package, which most windows
 * have, is installed once and copied then: unpacking it keeps a core busy for three seconds.
 * @throws {Error} what VS Code says.
 */
export async function installExtensions(
  server: InstallingServer,
  folder: string,
  vsixes: readonly string[],
): Promise<void> {
  const [own] = vsixes.filter(isOwn);
  if (own !== undefined) await cp(await installedOnce(server, own), folder, { recursive: true });
  const others = vsixes.filter((vsix) => vsix !== own);
  if (others.length > 0) await install(server, folder, others);
}

const isOwn = (vsix: string): boolean => dirname(vsix) === PACKAGES;

/** The folder of extensions with this one in it. What was kept of packages that were made before goes. */
async function installedOnce(server: InstallingServer, vsix: string): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex');
  return installOnce(join(INSTALLED, digest), async (beside) => {
    const kept = (await readdir(INSTALLED)).filter((name) => /^[0-9a-f]{64}$/.test(name));
    for (const name of kept) await rm(join(INSTALLED, name), { recursive: true, force: true });
    await install(server, beside, [vsix]);
  });
}

async function install({ args, env }: InstallingServer, folder: string, vsixes: readonly string[]): Promise<void> {
  const named = vsixes.flatMap((vsix) => ['--install-extension', vsix]);
  await runProgram(node24, [...args, '--extensions-dir', folder, ...named], { env, timeoutMs: INSTALL_MS });
}
