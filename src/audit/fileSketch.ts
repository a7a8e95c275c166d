import { quietPlaces } from '../core/quietPlaces.ts';
import { regionRank, type RegionRank } from '../core/regionRank.ts';
import type { Band } from '../core/words.ts';
import type { SkipReason } from './readSource.ts';
import { isJudged, type FileReport } from './report.ts';

/** What sums and orders need to know of a file, without its regions: it is kept in memory for all files of a report. */
export interface FileSketch {
  /** Why it was not judged; null: it was. */
  readonly skipped: SkipReason | null;
  /** What an engine said of its failure, after which a scout's word may stand; null: it did not fail. */
  readonly failure: string | null;
  readonly tokenCount: number;
  /** Places that comments keep quiet. */
  readonly quietPlaces: number;
  /** In order of the text. */
  readonly regions: readonly RegionSketch[];
}

export interface RegionSketch extends RegionRank {
  readonly band: Band;
  readonly isScored: boolean;
}

export function fileSketch(file: FileReport): FileSketch {
  if (!isJudged(file)) {
    const { skipped, detail: failure = null } = file;
    return { skipped, failure, tokenCount: 0, quietPlaces: 0, regions: [] };
  }
  const { tokenCount, assessments } = file;
  return {
    skipped: null,
    failure: null,
    tokenCount,
    quietPlaces: assessments.reduce((sum, assessment) => sum + quietPlaces(assessment).length, 0),
    regions: assessments.map((assessment) => ({
      ...regionRank(assessment),
      band: assessment.band,
      isScored: assessment.unscored === undefined,
    })),
  };
}
