import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LANGUAGE_IDS, languageEntry, RUNTIME_WASM } from '../src/syntax/languages.ts';

const REPOSITORY = new URL('../', import.meta.url);

/**
 * A folder with the runtime and every grammar, for tests that parse: the built one if it is whole, else copies of what
 * the npm packages ship, collected under `node_modules/.cache`.
 */
export function grammarsFolder(): URL {
  const files = [{ wasm: RUNTIME_WASM, npmPackage: 'web-tree-sitter' }, ...LANGUAGE_IDS.map((id) => languageEntry(id))];
  const built = new URL('dist/grammars/', REPOSITORY);
  if (files.every(({ wasm }) => existsSync(new URL(wasm, built)))) return built;

  const collected = new URL('node_modules/.cache/candor/grammars/', REPOSITORY);
  mkdirSync(collected, { recursive: true });
  for (const { wasm, npmPackage } of files) {
    copyIfChanged(new URL(`node_modules/${npmPackage}/${wasm}`, REPOSITORY), new URL(wasm, collected));
  }
  return collected;
}

/** Copies through a file of its own, because tests run in several processes at once. */
function copyIfChanged(from: URL, to: URL): void {
  if (existsSync(to) && statSync(to).size === statSync(from).size) return;
  const own = `${fileURLToPath(to)}.${process.pid}`;
  copyFileSync(from, own);
  renameSync(own, to);
}
