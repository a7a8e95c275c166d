import type { SkipReason } from '../audit/readSource.ts';
import type { Position } from '../core/lineIndex.ts';
import type { Category, Source } from '../core/words.ts';

/** A report without the texts of its files: what a tree of regions and spans shows. */
export interface ReportOutline {
  readonly source: Source;
  readonly files: readonly FileOutline[];
  /** Files that are no code by their name, which were left out. */
  readonly otherFileCount: number;
  readonly learnedTokenCount: number;
}

export type FileOutline = JudgedFileOutline | SkippedFileOutline;

export interface JudgedFileOutline {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly language: string | null;
  /** Most risky first. */
  readonly regions: readonly RegionOutline[];
}

export interface SkippedFileOutline {
  readonly path: string;
  readonly language: string | null;
  readonly skipped: SkipReason;
}

export interface RegionOutline {
  readonly id: string;
  /** Absent for statements outside of anything with a name. */
  readonly name?: string;
  readonly start: Position;
  readonly end: Position;
  /** Surprisal of its least likely token, in bits; null where nothing was scored. */
  readonly peakBits: number | null;
  /** Most risky first. */
  readonly spans: readonly SpanOutline[];
}

export interface SpanOutline {
  readonly start: Position;
  readonly end: Position;
  /** The beginning of its text, in one line. */
  readonly excerpt: string;
  readonly type: string;
  readonly category: Category | null;
  /** Of the region's surprisal, in [0, 1]. */
  readonly share: number;
  /** Surprisal of its least likely token, in bits; null where nothing was scored. */
  readonly peakBits: number | null;
}
