import type { RegionRank } from '../core/regionRank.ts';
import type { StoredFile } from './auditStore.ts';

/** A region of many, by its place. */
export interface RankedRegion {
  /** Place of the file among the files. */
  readonly file: number;
  /** Place of the region in the file. */
  readonly index: number;
  readonly rank: RegionRank;
}

/** All regions of some files, in order of the files and the text. */
export function rankedRegions(files: readonly Pick<StoredFile, 'sketch'>[]): RankedRegion[] {
  return files.flatMap(({ sketch }, file) =>
    sketch.regions.map((rank, index): RankedRegion => ({ file, index, rank })),
  );
}
