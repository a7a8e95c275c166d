import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import { packageFolderOf } from './packageFolderOf.ts';

/** Files that are started by their path, beside those that are imported. */
const PISCINA = ['piscina/dist/esm-wrapper.mjs', 'piscina/dist/worker.js'];
const LLAMA = ['node-llama-cpp/dist/index.js', 'node-llama-cpp/dist/bindings/utils/testBindingBinary.js'];
/** What node-llama-cpp reads beside its code when it looks for a binary. */
const LLAMA_DATA = ['llama/binariesGithubRelease.json', 'llama/llama.cpp.info.json', 'llama/package.json'];

/**
 * Asked for only where they are there, and never by Candor: `nice` by a pool that was given a priority, `reflink` by a
 * download, `electron` by node-llama-cpp in a process that is not Node.
 */
const NOT_SHIPPED = ['@napi-rs/nice', '@reflink/reflink', 'electron', '@node-llama-cpp/*'];

/**
 * The files below `node_modules/` that the bundles can come to load, as paths from `root` with slashes: all modules that can
 * be reached from `piscina` and, with binaries, from `node-llama-cpp` by an import or a require that names its module, every
 * `package.json` above them, and the binaries.
 * @param binaries the package of llama.cpp's binaries, or null for a package without llama.cpp
 */
export async function reachableFiles(root: string, binaries: string | null): Promise<readonly string[]> {
  const entries = binaries === null ? PISCINA : [...PISCINA, ...LLAMA];
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map((path) => `node_modules/${path}`),
    bundle: true,
    write: false,
    outdir: '.unused',
    metafile: true,
    platform: 'node',
    format: 'esm',
    external: NOT_SHIPPED,
    logLevel: 'error',
  });
  const modules = Object.keys(metafile.inputs);
  const manifests = modules.flatMap(manifestsAbove).filter((path) => existsSync(join(root, path)));
  const native = binaries === null ? [] : [...llamaData(), ...allFiles(root, `node_modules/${binaries}`)];
  return [...new Set([...modules, ...manifests, ...native])].sort();
}

/**
 * Whether that package of binaries is installed; an empty one may stand in its place
 * (`docs/decisions/llama-binaries.md`).
 */
export function isInstalled(root: string, binaries: string): boolean {
  const manifest = join(root, 'node_modules', binaries, 'package.json');
  return existsSync(manifest) && readFileSync(manifest, 'utf8').includes(`"${binaries}"`);
}

function llamaData(): readonly string[] {
  return LLAMA_DATA.map((path) => `node_modules/node-llama-cpp/${path}`);
}

function allFiles(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(README\.md|LICENSE)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}

/** Those that can say how the module is to be loaded: of its package, and of the folders of it that the module lies in. */
function manifestsAbove(path: string): readonly string[] {
  const top = packageFolderOf(path);
  if (top === null) throw new Error(`${path} lies in no package. Look at what imports it.`);
  const folders = [dirname(path)];
  for (let folder = dirname(path); folder !== top; folder = dirname(folder)) folders.push(dirname(folder));
  return folders.map((folder) => `${folder}/package.json`);
}
