import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundledPackages } from './bundledPackages.ts';
import { packageFolderOf } from './packageFolderOf.ts';
import { packagedReadme } from './packagedReadme.ts';
import { reachableFiles } from './reachableFiles.ts';
import { isLock, llamaNotices, noticeOf, noticesText } from './thirdPartyNotices.ts';

/** Folders that the manifest may point into; not all of them need be there. */
const ASSETS = ['media', 'syntaxes', 'l10n'];
const PAGES = ['README.md', 'CHANGELOG.md'];
/** The parts of the manifest that are of no use to an editor. */
const NOT_IN_MANIFEST = [
  'private',
  'files',
  'bin',
  'scripts',
  'dependencies',
  'devDependencies',
  'overrides',
  'allowScripts',
];

/**
 * Lays the extension out as it will be installed, from the build in `dist/`.
 * @param root the repository
 * @param folder where to; emptied before
 * @param binaries the package of llama.cpp's binaries, or null for an extension without llama.cpp
 * @throws Error as `noticeOf` does, for a manifest without an entry point, and for a build without source maps
 */
export async function stageExtension(root: string, folder: string, binaries: string | null): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(stagedManifest(root), null, 2)}\n`);
  for (const page of PAGES) writeFileSync(join(folder, page), packagedReadme(readFileSync(join(root, page), 'utf8')));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE.txt'));
  // vsce asks for one; all that is here is meant to be here.
  writeFileSync(join(folder, '.vscodeignore'), '');
  for (const asset of ASSETS) copyIfThere(join(root, asset), join(folder, asset));
  for (const file of readdirSync(root).filter((name) => /^package\.nls(\..+)?\.json$/.test(name)))
    cpSync(join(root, file), join(folder, file));
  // The bundled model is of no use without llama.cpp.
  const isLeftOut = (path: string): boolean => path.endsWith('.map') || (binaries === null && path.endsWith('.gguf'));
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true, filter: (path) => !isLeftOut(path) });

  const modules = await reachableFiles(root, binaries);
  // Not in the folder's own node_modules/, which vsce passes over when it is not to ask npm for the dependencies.
  for (const path of modules) copyFile(join(root, path), join(folder, 'dist', path));
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), noticesOf(root, modules, binaries !== null));
}

function stagedManifest(root: string): Readonly<Record<string, unknown>> {
  const manifest = readObject(join(root, 'package.json'));
  if (!('main' in manifest)) throw new Error('package.json names no entry point of an extension ("main").');
  const engines = isObject(manifest.engines) ? { vscode: manifest.engines.vscode } : {};
  const kept = Object.entries(manifest).filter(([key]) => !NOT_IN_MANIFEST.includes(key));
  return { ...Object.fromEntries(kept), engines };
}

function noticesOf(root: string, modules: readonly string[], hasLlama: boolean): string {
  const lock = readObject(join(root, 'package-lock.json'));
  if (!isLock(lock)) throw new Error('package-lock.json names no packages. Make it with npm 7 or newer.');
  const shipped = modules.flatMap((path) => packageFolderOf(path) ?? []);
  // Its headers are compiled into the binaries.
  const inBinaries = hasLlama ? ['node_modules/node-addon-api'] : [];
  const folders = new Set([...shipped, ...inBinaries, ...bundledPackages(root)]);
  const notices = [...folders].map((folder) => noticeOf(lock, root, folder));
  const llama = notices.find(({ name }) => name === 'node-llama-cpp');
  return noticesText(llama === undefined ? notices : [...notices, ...llamaNotices(llama.version)]);
}

function readObject(path: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isObject(value)) throw new Error(`${path} holds no object.`);
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}

function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}
