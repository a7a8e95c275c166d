import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, node24 } from './cacheFolder.ts';
import { installOnce } from './installOnce.ts';
import { npmInstall } from './npmInstall.ts';
import { programOnPath } from './programOnPath.ts';
import { runProgram } from './runProgram.ts';

/** A Chromium that starts: the program, and what its environment needs beside that of this process. */
export interface BrowserProgram {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const PACKAGE = '@sparticuz/chromium';
const PACKAGE_VERSION = '153.0.0';

/**
 * Finds a Chromium: the one that CANDOR_BROWSER names, one on the path, one from the package registry (kept in the cache),
 * or Debian's, which root can install. Each is asked for its version first, so that one which cannot start is passed over.
 * @throws {Error} one line that says what was tried.
 */
export async function findBrowser(): Promise<BrowserProgram> {
  const named = process.env.CANDOR_BROWSER;
  if (named !== undefined && named !== '') {
    const refusal = await whyNot({ path: named, env: {} });
    if (refusal === null) return { path: named, env: {} };
    throw new Error(`CANDOR_BROWSER names a browser that does not start: ${refusal}`);
  }
  const refusals: string[] = [];
  for (const find of [installedBrowser, packagedBrowser, debianBrowser]) {
    try {
      const browser = await find();
      const refusal = browser === null ? null : await whyNot(browser);
      if (browser !== null && refusal === null) return browser;
      if (refusal !== null) refusals.push(refusal);
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `The tests in a browser need Chromium: install it, or name one in CANDOR_BROWSER (tried: ${refusals.join('; ')}).`,
  );
}

function installedBrowser(): BrowserProgram | null {
  const path = programOnPath(NAMES) ?? (existsSync(MAC_CHROME) ? MAC_CHROME : null);
  return path === null ? null : { path, env: {} };
}

/** A headless Chromium for Linux on x64 that brings its libraries and a font along: it needs only the C library. */
async function packagedBrowser(): Promise<BrowserProgram | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const place = join(cacheFolder, 'chromium', PACKAGE_VERSION);
  const folder = await installOnce(place, async (beside) => {
    await npmInstall(beside, [`${PACKAGE}@${PACKAGE_VERSION}`]);
    const script = pathToFileURL(join(beside, 'node_modules', PACKAGE, 'build', 'index.js')).href;
    // It unpacks into the folder for temporary files, with its libraries where it believes to be on that system.
    await runProgram(node24, ['--eval', `import('${script}').then(({ default: it }) => it.executablePath())`], {
      env: { ...process.env, TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    });
    writeFileSync(join(beside, 'fonts', 'fonts.conf'), fontsIn(join(place, 'fonts')));
  });
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH];
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: libraries.filter((path) => path !== undefined && path !== '').join(delimiter),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`;

async function debianBrowser(): Promise<BrowserProgram | null> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update'], { env });
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return installedBrowser();
}

async function whyNot({ path, env }: BrowserProgram): Promise<string | null> {
  try {
    await runProgram(path, ['--version'], { env: { ...process.env, ...env }, timeoutMs: 30_000 });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
