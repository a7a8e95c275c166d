import type { Band } from '../core/words.ts';
import type { FileSketch } from './fileSketch.ts';
import type { SkipReason } from './readSource.ts';

/** A report in numbers. */
export interface ReportSummary {
  readonly files: number;
  readonly judgedFiles: number;
  /** Files that were not judged, by the reason. */
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Of the files that an engine failed on, what it said. */
  readonly failures: Readonly<Record<string, number>>;
  readonly regions: number;
  /** Regions of which no token was scored. */
  readonly unscoredRegions: number;
  /** Regions by the name of the engine that judged them. */
  readonly engines: Readonly<Record<string, number>>;
  readonly bands: Readonly<Record<Band, number>>;
  /** Places that comments keep quiet. */
  readonly quietPlaces: number;
  readonly tokens: number;
}

/** Adds up what is known of each file. */
export function reportSummary(files: Iterable<FileSketch>): ReportSummary {
  const skipped: Partial<Record<SkipReason, number>> = {};
  const failures: Record<string, number> = {};
  const engines: Record<string, number> = {};
  const bands: Record<Band, number> = { trust: 0, check: 0, doubt: 0, unknown: 0 };
  const sums = { files: 0, judgedFiles: 0, regions: 0, unscoredRegions: 0, quietPlaces: 0, tokens: 0 };
  for (const file of files) {
    sums.files++;
    if (file.skipped === null) sums.judgedFiles++;
    else skipped[file.skipped] = (skipped[file.skipped] ?? 0) + 1;
    if (file.failure !== null) failures[file.failure] = (failures[file.failure] ?? 0) + 1;
    sums.quietPlaces += file.quietPlaces;
    sums.tokens += file.tokenCount;
    sums.regions += file.regions.length;
    for (const { engine, band, isScored } of file.regions) {
      engines[engine] = (engines[engine] ?? 0) + 1;
      bands[band]++;
      if (!isScored) sums.unscoredRegions++;
    }
  }
  return { ...sums, skipped, failures, engines, bands };
}
