import { writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { node24 } from './cacheFolder.ts';
import { runProgram } from './runProgram.ts';

/**
 * Runs `npm install` in a folder, without install scripts (some of them download from elsewhere): the npm that runs these
 * tests, else the one on the path, always on Node 24. Without packages it installs what the folder's package.json names.
 * @throws {Error} when there is no npm or the package registry cannot be reached.
 */
export async function npmInstall(folder: string, packages: readonly string[] = []): Promise<void> {
  if (packages.length > 0) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const args = ['install', '--prefix', folder, '--omit=dev', '--ignore-scripts', ...quiet, ...packages];
  const npmCli = process.env.npm_execpath ?? '';
  const [program, first] = basename(npmCli) === 'npm-cli.js' ? [node24, [npmCli]] : ['npm', []];
  try {
    await runProgram(program, [...first, ...args], { cwd: folder, env: environment() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `npm could not install ${packages.join(' ') || folder}, which needs the package registry: ${reason}`,
      {
        cause: error,
      },
    );
  }
}

/** What `npm test` tells its scripts about this package would reach into the other install; the user's own settings stay. */
function environment(): NodeJS.ProcessEnv {
  const own =
    /^npm_(package|lifecycle)_|^npm_(config_(local_prefix|prefix|global_prefix|omit|include)|command)$|^INIT_CWD$/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name) && name !== 'NODE_OPTIONS');
  return { ...Object.fromEntries(kept), PATH: [dirname(node24), process.env.PATH].join(delimiter) };
}
