import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const BUNDLES = fileURLToPath(new URL('../../.cache/host-tests', import.meta.url));

export interface HostTestBundles {
  /** What a desktop VS Code is started with (`extensionTestsPath`): it exports `run(): Promise<void>`. */
  readonly entry: string;
  readonly files: readonly string[];
}

/**
 * Bundles the tests that run inside of VS Code, each to a file of its own, and their entry: modules of CommonJS, which every
 * version takes.
 */
export async function bundleHostTests(): Promise<HostTestBundles> {
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
  const bundleOf = (source: string): string => join(BUNDLES, source.replace(/\.ts$/, '.cjs'));
  return { entry: bundleOf('runMocha.ts'), files: tests.map(bundleOf) };
}
