import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { LANGUAGES } from '../../src/syntax/languages.ts';
import { packageFolderOf } from './packageFolderOf.ts';

/**
 * The folders, from `root`, of the packages that are inside of `dist/`: what the source maps of the bundles name, and the
 * grammars.
 * @throws Error for a bundle without a source map, of which nobody can tell what is in it
 */
export function bundledPackages(root: string): readonly string[] {
  const dist = join(root, 'dist');
  const bundles = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => /\.m?js$/.test(path));
  const grammars = ['web-tree-sitter', ...Object.values(LANGUAGES).map(({ npmPackage }) => npmPackage)];
  const folders = bundles.flatMap((bundle) => packagesIn(root, join(dist, bundle)));
  return [...new Set([...folders, ...grammars.map((name) => `node_modules/${name}`)])].sort();
}

function packagesIn(root: string, bundle: string): readonly string[] {
  if (!existsSync(`${bundle}.map`)) throw new Error(`${bundle} has no source map. Build it with one.`);
  const map: unknown = JSON.parse(readFileSync(`${bundle}.map`, 'utf8'));
  if (typeof map !== 'object' || map === null || !('sources' in map) || !Array.isArray(map.sources)) {
    throw new Error(`${bundle}.map is no source map. Build it anew.`);
  }
  return map.sources.flatMap((source: unknown) => {
    const path = relative(root, resolve(dirname(bundle), String(source))).replaceAll('\\', '/');
    return packageFolderOf(path) ?? [];
  });
}
