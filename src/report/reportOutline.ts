import type { SkipReason } from '../audit/readSource.ts';
import { isJudged, type JudgedFile, type Report } from '../audit/report.ts';
import { expectedTroublePerToken } from '../core/expectedTrouble.ts';
import { positionAt, type LineIndex, type Position } from '../core/lineIndex.ts';
import { readingOrder } from '../core/readingOrder.ts';
import { peakBitsOf } from '../core/signals/peakBitsOf.ts';
import type { Assessment, Band, Category, Judgement, RiskySpan, Source } from '../core/words.ts';
import { calibrationNote } from './calibrationWords.ts';
import { quietPlaces, type QuietPlace } from '../core/quietPlaces.ts';
import { visible } from './visible.ts';

/** A report without the texts of its files: what a tree of regions and spans shows. */
export interface ReportOutline {
  readonly source: Source;
  /** What its numbers are worth, to be said over it. */
  readonly note: string;
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
  /** Name of the engine that judged it. */
  readonly engine: string;
  /** Absent for statements outside of anything with a name. */
  readonly name?: string;
  readonly start: Position;
  readonly end: Position;
  /** Chance of the good event, and its band; null: it was not judged. */
  readonly judged: { readonly judgement: Judgement; readonly band: Band } | null;
  /** What reading it is expected to find for the effort (`expectedTroublePerToken`); null: it was not judged. */
  readonly troublePerToken: number | null;
  /** Surprisal of its least likely token, in bits; null where nothing was scored. */
  readonly peakBits: number | null;
  /** Most risky first. */
  readonly spans: readonly SpanOutline[];
  /** What comments keep quiet in it; where nothing of it would be named but all of it is quiet, the region itself. */
  readonly quiet: readonly QuietOutline[];
}

export interface SpanOutline {
  readonly start: Position;
  readonly end: Position;
  /** The beginning of its text, in one line. */
  readonly excerpt: string;
  readonly type: string;
  readonly category: Category | null;
  /** Of the region's risk where it is judged, else of its surprisal; in [0, 1]. */
  readonly share: number;
  /** Surprisal of its least likely token, in bits; null where nothing was scored. */
  readonly peakBits: number | null;
}

/** A place that a comment keeps quiet. */
export interface QuietOutline {
  readonly start: Position;
  readonly end: Position;
  /** The beginning of its text, in one line. */
  readonly excerpt: string;
  /** What the comment says: text of the file. */
  readonly reason: string;
}

const MAX_EXCERPT_LENGTH = 60;

/**
 * The outline of a report. Files come in the order of their riskiest region (`readingOrder`), those where nothing was scored
 * after them, and files that were skipped last; equals by path.
 */
export function reportOutline(report: Report): ReportOutline {
  const { source, calibration, files, otherFileCount, learnedTokenCount } = report;
  const inOrder = readingOrder(source.engine);
  const all = Array.from(files);
  const judged = all
    .filter(isJudged)
    .map((file) => ({ file, first: file.assessments.toSorted(inOrder)[0] }))
    .sort(({ file: a, first }, { file: b, first: other }) => byFirst(inOrder, first, other) || byPath(a, b))
    .map(({ file }) => fileOutline(file, source.engine));
  const skipped = all.flatMap(({ path, language, ...file }) =>
    'skipped' in file ? [{ path, language, skipped: file.skipped }] : [],
  );
  return {
    source,
    note: calibrationNote(calibration),
    files: [...judged, ...skipped.sort(byPath)],
    otherFileCount,
    learnedTokenCount,
  };
}

/**
 * The outline of one file, its regions in reading order.
 * @param engine name of the report's engine
 */
export function fileOutline({ path, language, lines, assessments }: JudgedFile, engine: string): JudgedFileOutline {
  const inOrder = assessments.toSorted(readingOrder(engine));
  return { path, language, regions: inOrder.map((assessment) => regionOutline(lines, assessment)) };
}

function regionOutline(lines: LineIndex, assessment: Assessment): RegionOutline {
  const { region, source, evidence, judgement, band, spans } = assessment;
  return {
    id: region.id,
    engine: source.engine,
    ...(region.name !== undefined && { name: region.name }),
    start: positionAt(lines, region.start),
    end: positionAt(lines, region.end),
    judged: judgement && { judgement, band },
    troublePerToken: expectedTroublePerToken(assessment),
    peakBits: peakBitsOf(evidence.signals),
    spans: spans.map((span) => spanOutline(lines, span)),
    quiet: quietPlaces(assessment).map((place) => quietOutline(lines, place)),
  };
}

function quietOutline(lines: LineIndex, { start, end, silence: { reason } }: QuietPlace): QuietOutline {
  return {
    start: positionAt(lines, start),
    end: positionAt(lines, end),
    excerpt: excerptOf(lines.text.slice(start, end)),
    reason,
  };
}

function spanOutline(lines: LineIndex, { start, end, type, category, share, signals }: RiskySpan): SpanOutline {
  return {
    start: positionAt(lines, start),
    end: positionAt(lines, end),
    excerpt: excerptOf(lines.text.slice(start, end)),
    type,
    category,
    share,
    peakBits: peakBitsOf(signals),
  };
}

/** In one line: runs of white space are one blank, and what is cut off leaves an ellipsis. */
function excerptOf(text: string): string {
  const line = visible(text.trim().replaceAll(/\s+/g, ' '));
  if (line.length <= MAX_EXCERPT_LENGTH) return line;
  const cut = line.slice(0, MAX_EXCERPT_LENGTH - 1);
  // Half a character is none.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** A file without a region comes last. */
function byFirst(
  inOrder: (a: Assessment, b: Assessment) => number,
  a: Assessment | undefined,
  b: Assessment | undefined,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return inOrder(a, b);
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
