import type { LineIndex } from '../core/lineIndex.ts';
import type { Calibration } from '../core/risk/calibration.ts';
import type { Assessment, Source } from '../core/words.ts';
import type { SkipReason } from './readSource.ts';

/** What an audit found in one file. */
export type FileReport = JudgedFile | SkippedFile;

export interface JudgedFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Name of the language; null where there is no grammar and lines stood in for syntax. */
  readonly language: string | null;
  readonly lines: LineIndex;
  readonly tokenCount: number;
  /** In order of the text. */
  readonly assessments: readonly Assessment[];
}

export interface SkippedFile {
  readonly path: string;
  readonly language: string | null;
  readonly skipped: SkipReason;
}

/** Assessments over many files, summed up. */
export interface Report {
  readonly source: Source;
  /** What is calibrated for the source; null: nothing. */
  readonly calibration: Calibration | null;
  /** What puts regions, and spans within a region, in order: `risk` where they are judged, else a signal. */
  readonly orderedBy: { readonly regions: string; readonly spans: string };
  /** In order of path. */
  readonly files: readonly FileReport[];
  /** The regions to look at first, most risky first, explained. */
  readonly riskiest: readonly RegionReference[];
  readonly learnedTokenCount: number;
  /** Files that are no code by their name, which were left out. */
  readonly otherFileCount: number;
}

/** A region of a report. */
export interface RegionReference {
  readonly file: JudgedFile;
  readonly assessment: Assessment;
}

/** Whether a file was judged. */
export function isJudged(file: FileReport): file is JudgedFile {
  return !('skipped' in file);
}
