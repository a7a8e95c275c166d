import { tokensOf, type SummedRegion } from './reportRegions.ts';

/** A part of what was judged: a folder, with `/` at its end, or a file. */
export interface Folder {
  readonly name: string;
  readonly regions: readonly SummedRegion[];
  readonly tokens: number;
}

/** More cells than that are too small to be read. */
export const MOST_FOLDERS = 30;

/** With more files than that folders say more. */
const MOST_FILES = 12;

/**
 * What was judged, parted by place: by single files where they are few, else by folders as deep as there are at most 30 of them.
 * Where the top folders are more, the smallest are one part together.
 *
 * @returns the largest first; regions without a scored token are in none
 */
export function foldersOf(regions: readonly SummedRegion[]): readonly Folder[] {
  const scored = regions.filter((region) => tokensOf(region) > 0);
  const files = partedBy(scored, (path) => path);
  if (files.length <= MOST_FILES) return files;
  const deepest = Math.max(...scored.map(({ file }) => file.path.split('/').length)) - 1;
  let folders = partedBy(scored, (path) => folderAt(path, 1));
  for (let depth = 2; depth <= deepest; depth++) {
    const deeper = partedBy(scored, (path) => folderAt(path, depth));
    if (deeper.length > MOST_FOLDERS) break;
    folders = deeper;
  }
  if (folders.length <= MOST_FOLDERS) return folders;
  const small = folders.slice(MOST_FOLDERS - 1);
  const rest = folder(
    `${small.length.toLocaleString('en')} smaller ones`,
    small.flatMap((one) => one.regions),
  );
  return [...folders.slice(0, MOST_FOLDERS - 1), rest].sort(byTokens);
}

/** The folder that a file is in, cut at a depth; `./` for one in none. */
function folderAt(path: string, depth: number): string {
  const names = path.split('/').slice(0, -1).slice(0, depth);
  return names.length === 0 ? './' : `${names.join('/')}/`;
}

function partedBy(regions: readonly SummedRegion[], nameOf: (path: string) => string): readonly Folder[] {
  const parts = Map.groupBy(regions, ({ file }) => nameOf(file.path));
  return Array.from(parts, ([name, own]) => folder(name, own)).sort(byTokens);
}

function byTokens(one: Folder, other: Folder): number {
  return other.tokens - one.tokens || (one.name < other.name ? -1 : 1);
}

function folder(name: string, regions: readonly SummedRegion[]): Folder {
  return { name, regions, tokens: regions.reduce((sum, region) => sum + tokensOf(region), 0) };
}
