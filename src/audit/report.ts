import type { LineIndex } from '../core/lineIndex.ts';
import type { Calibration } from '../core/risk/calibration.ts';
import type { CategoryTallies } from '../core/sums/categoryTallies.ts';
import type { Assessment, RegionId, Source } from '../core/words.ts';
import type { SkipReason } from './readSource.ts';
import type { ReportSummary } from './reportSummary.ts';

/** What an audit found in one file. */
export type FileReport = JudgedFile | SkippedFile;

export interface JudgedFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Name of the language; null where there is no grammar and lines stood in for syntax. */
  readonly language: string | null;
  readonly lines: LineIndex;
  readonly tokenCount: number;
  /** How sure who read it was of each kind of syntax in its regions, one for each reader; empty where nobody will sum it up. */
  readonly categories: readonly CategoryTallies[];
  /** In order of the text. */
  readonly assessments: readonly Assessment[];
}

export interface SkippedFile {
  readonly path: string;
  readonly language: string | null;
  readonly skipped: SkipReason;
  /** What an engine said of its failure, in a sentence. */
  readonly detail?: string;
}

/**
 * The files of a report, to be gone through as often as it takes. There may be more than memory holds: each pass may read them anew
 * from where they are kept, so nothing may be told by the identity of an object, and nobody should keep them all.
 */
export interface FileReports extends Iterable<FileReport> {
  readonly length: number;
}

/** Assessments over many files, summed up. */
export interface Report {
  readonly source: Source;
  /** What is calibrated for the source; null: nothing. */
  readonly calibration: Calibration | null;
  /** What puts regions, and spans within a region, in order: `risk` where they are judged, else a signal. */
  readonly orderedBy: { readonly regions: string; readonly spans: string };
  /** In order of path. */
  readonly files: FileReports;
  readonly summary: ReportSummary;
  /** The regions to look at first, most risky first, explained. */
  readonly riskiest: readonly RegionReference[];
  readonly learnedTokenCount: number;
  /** Files that are no code by their name, which were left out. */
  readonly otherFileCount: number;
  /** What people said of code in these files; null: it cannot be read. Absent: nobody looked. */
  readonly labels?: readonly RegionLabel[] | null;
}

/** A person's word on a region, by what the region held then. */
export interface RegionLabel {
  readonly path: string;
  readonly region: RegionId;
  readonly isFine: boolean;
}

/** A region of a report. */
export interface RegionReference {
  readonly file: JudgedFile;
  readonly assessment: Assessment;
}

/** The files that were judged, one at a time. */
export function* judgedFiles(files: Iterable<FileReport>): IterableIterator<JudgedFile> {
  for (const file of files) if (isJudged(file)) yield file;
}

/** Whether a file was judged. */
export function isJudged(file: FileReport): file is JudgedFile {
  return !('skipped' in file);
}
