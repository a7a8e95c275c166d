import type { RegionReference } from '../../audit/report.ts';
import { tokensOf } from './reportRegions.ts';

/** A part of what was judged: a folder, with `/` at its end, or a file. */
export interface Folder {
  readonly name: string;
  readonly regions: readonly RegionReference[];
  readonly tokens: number;
}

/** More cells than that are too small to be read. */
export const MOST_FOLDERS = 30;

/**
 * What was judged, parted by place: as deep as there are at most 30 parts, down to single files where they are few. Where the
 * top folders are more, the smallest are one part together.
 *
 * @returns the largest first, those without a scored token left out
 */
export function foldersOf(regions: readonly RegionReference[]): readonly Folder[] {
  const scored = regions.filter((region) => tokensOf(region) > 0);
  const deepest = Math.max(1, ...scored.map(({ file }) => file.path.split('/').length));
  let folders = partedAt(scored, 1);
  for (let depth = 2; depth <= deepest; depth++) {
    const deeper = partedAt(scored, depth);
    if (deeper.length > MOST_FOLDERS) break;
    folders = deeper;
  }
  if (folders.length <= MOST_FOLDERS) return folders;
  const small = folders.slice(MOST_FOLDERS - 1);
  return [
    ...folders.slice(0, MOST_FOLDERS - 1),
    folder(
      `${small.length.toLocaleString('en')} smaller ones`,
      small.flatMap((one) => one.regions),
    ),
  ];
}

function partedAt(regions: readonly RegionReference[], depth: number): readonly Folder[] {
  const parts = Map.groupBy(regions, ({ file: { path } }) => {
    const names = path.split('/');
    return names.length <= depth ? path : `${names.slice(0, depth).join('/')}/`;
  });
  return Array.from(parts, ([name, own]) => folder(name, own)).sort(
    (one, other) => other.tokens - one.tokens || (one.name < other.name ? -1 : 1),
  );
}

function folder(name: string, regions: readonly RegionReference[]): Folder {
  return { name, regions, tokens: regions.reduce((sum, region) => sum + tokensOf(region), 0) };
}
