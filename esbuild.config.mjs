import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFile, glob, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGUAGES, RUNTIME_WASM } from './src/syntax/languages.ts';

/** Bundles of their own, imported where they are asked for, so that nobody else loads the libraries in them. */
const APART = {
  mcp: 'src/mcp/serveMcp.ts',
  htmlReport: 'src/report/html/htmlReport.ts',
};

const importedApart = {
  name: 'imported-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const name = Object.keys(APART).find((each) => APART[each].endsWith(path.replace(/^(\.\.?\/)+/, '')));
      return kind === 'dynamic-import' && name !== undefined ? { path: `./${name}.mjs`, external: true } : undefined;
    });
  },
};

if (process.argv.includes('--second-lock')) await lockPureRooms();
else await buildAll();

async function buildAll() {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist/grammars', { recursive: true });
  await Promise.all([
    build({
      entryPoints: {
        extension: 'src/extension.ts',
        auditorThread: 'src/app/auditor/auditorThread.ts',
        cli: 'src/cli/main.ts',
        ...APART,
        lookThread: 'src/app/looking/lookThread.ts',
        parseWorker: 'src/syntax/parseWorker.ts',
        evidenceWorker: 'src/lab/evaluation/evidenceWorker.ts',
        behaviourWorker: 'src/syntax/sameCode/behaviour/behaviourWorker.ts',
        llamaChild: 'src/engines/llama/llamaChild.ts',
      },
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      sourcemap: true,
      logLevel: 'warning',
      external: ['vscode', 'piscina', 'node-llama-cpp'],
      define: { CANDOR_SOURCES_DIGEST: JSON.stringify(await digestOfSources()) },
      plugins: [importedApart],
      // Bundled CommonJS packages ask for `require`, which a module does not have.
      banner: {
        js: "import { createRequire as candorCreateRequire } from 'node:module'; const require = candorCreateRequire(import.meta.url);",
      },
    }),
    buildPages(),
    copyGrammars(),
    copyFile(fileURLToPath(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')), 'dist/quickjs.wasm'),
    copyFile('model/tokenizer/merges.txt', 'dist/merges.txt'),
    copyFile('model/bundled.gguf', 'dist/bundled.gguf'),
    copyFile('model/risk/calibrations.json', 'dist/calibrations.json'),
  ]);
}

/** What audits keep by: a build of other sources may judge otherwise. */
async function digestOfSources() {
  const digest = createHash('sha256');
  for (const path of (await Array.fromAsync(glob('{src,model}/**/*.{ts,json,txt}'))).sort())
    digest.update(await readFile(path));
  digest.update(await readFile('package-lock.json'));
  return digest.digest('hex').slice(0, 16);
}

/** The scripts of webviews, which run in a browser. */
function buildPages() {
  return build({
    entryPoints: { syntax: 'src/webview/syntax/main.ts' },
    outdir: 'dist/webview',
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    sourcemap: true,
    minify: true,
    logLevel: 'warning',
  });
}

/** The wasm of the runtime and of each grammar, as the packages ship them. */
async function copyGrammars() {
  const files = [
    ['web-tree-sitter', RUNTIME_WASM],
    ...Object.values(LANGUAGES).map(({ npmPackage, wasm }) => [npmPackage, wasm]),
  ];
  for (const [npmPackage, wasm] of files)
    await copyFile(join('node_modules', npmPackage, wasm), join('dist/grammars', wasm));
}

/** Core and wire must hold together with no platform at all: no Node, no browser, no package. */
async function lockPureRooms() {
  for (const room of ['core', 'wire']) {
    const files = await readdir(join('src', room), { recursive: true }).catch(() => []);
    const entryPoints = files.filter((file) => file.endsWith('.ts')).map((file) => join('src', room, file));
    if (entryPoints.length === 0) continue;
    await build({
      entryPoints,
      outdir: '.unused',
      bundle: true,
      write: false,
      platform: 'neutral',
      format: 'esm',
      logLevel: 'error',
    });
  }
}
