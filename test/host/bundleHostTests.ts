import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const BUNDLES = fileURLToPath(new URL('../../.cache/host-tests', import.meta.url));

/**
 * Bundles the tests that run inside of VS Code, each to a file of its own, and their entry.
 * @returns the entry's path, which VS Code is to be started with (`extensionTestsPath`): a module of CommonJS, which every
 * version takes, that exports `run(): Promise<void>`
 */
export async function bundleHostTests(): Promise<string> {
  rmSync(BUNDLES, { recursive: true, force: true });
  const tests = readdirSync(SOURCES).filter((file) => file.endsWith('.test.ts'));
  await build({
    entryPoints: ['runMocha.ts', ...tests].map((file) => join(SOURCES, file)),
    outdir: BUNDLES,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return join(BUNDLES, 'runMocha.cjs');
}
