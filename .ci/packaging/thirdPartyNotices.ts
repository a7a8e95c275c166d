import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that let a package be shipped inside of one under MIT, given that their text comes along. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

/** A part that is shipped: of npm, or inside of a binary. */
export interface Notice {
  readonly name: string;
  readonly version: string;
  /** An identifier of https://spdx.org/licenses. */
  readonly licence: string;
  readonly text: string;
}

/** The parts of a package-lock.json (version 3) that a notice is made of. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string } | undefined>>;
}

/** Whether it is a lock file that names packages; their fields are npm's own. */
export function isLock(value: object): value is Lock {
  return 'packages' in value && typeof value.packages === 'object' && value.packages !== null;
}

/** The licences of what is compiled into the binaries of node-llama-cpp; npm knows nothing of it. */
const IN_LLAMA_BINARIES = [
  { name: 'llama.cpp', licence: 'MIT' },
  { name: 'nlohmann-json', licence: 'MIT' },
  { name: 'cpp-httplib', licence: 'MIT' },
  { name: 'subprocess.h', licence: 'Unlicense' },
] as const;

const LICENCES = new URL('../licences/', import.meta.url);

/**
 * The notice of a package, by its folder in the lock file.
 * @param root the folder of the lock file
 * @throws Error for a package that the lock file does not know, that has no licence or one that is not allowed, or whose
 * licence has no text
 */
export function noticeOf(lock: Lock, root: string, folder: string): Notice {
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const { version, license: licence } = lock.packages[folder] ?? {};
  if (version === undefined) throw new Error(`${folder} is not in the lock file. Run npm ci.`);
  if (licence === undefined) throw new Error(`${name} ${version} has no licence. Do without it, or ask its authors.`);
  if (!ALLOWED.has(licence)) throw new Error(`${name} ${version} has the licence ${licence}, which is not allowed.`);
  return { name, version, licence, text: licenceText(join(root, folder), name, licence) };
}

/** The notices of what is inside of llama.cpp's binaries, of that version of node-llama-cpp. */
export function llamaNotices(version: string): readonly Notice[] {
  return IN_LLAMA_BINARIES.map(({ name, licence }) => ({
    name,
    version: `as in node-llama-cpp ${version}`,
    licence,
    text: readFileSync(new URL(`${name}.txt`, LICENCES), 'utf8').trim(),
  }));
}

/** All notices as one text, by name. Packages of the same name and version are named once. */
export function noticesText(notices: readonly Notice[]): string {
  const byName = new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice] as const));
  const parts = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = [
    'Candor contains work of others. Each part, its version, its licence, and the text of that licence:',
    ...parts.map(([title, { licence, text }]) => `${'-'.repeat(80)}\n${title} (${licence})\n\n${text}`),
  ];
  return `${lines.join('\n\n')}\n`;
}

function licenceText(folder: string, name: string, licence: string): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|unlicense|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  if (licence !== 'MIT')
    throw new Error(`${name} carries no text of its licence (${licence}). Add it to .ci/licences/.`);
  // Some packages name the licence and leave its text out.
  return `${name} carries no text of its licence; this is that of MIT.\n\n${readFileSync(new URL('MIT.txt', LICENCES), 'utf8').trim()}`;
}
