import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CandorError } from '../core/candorError.ts';
import type { LineIndex } from '../core/lineIndex.ts';
import { isRecord, parseJson } from '../wire/jsonReaders.ts';
import { isJudged, type FileReport, type JudgedFile, type SkippedFile } from './report.ts';

/** A judged file as it is kept: its lines as they follow each other, and none of its text. */
interface JudgedRecord extends Omit<JudgedFile, 'lines'> {
  /** Length of each line, without its ending, and of the ending. */
  readonly lines: readonly number[];
  readonly endings: readonly number[];
}

/**
 * A report on a file as bytes to keep: JSON, deflated, for reports on code are much alike and shrink to a tenth. Of the text itself there
 * is in it what spans, findings and reasons quote.
 */
export function recordOfFile(file: FileReport): Uint8Array {
  return deflateRawSync(JSON.stringify(isJudged(file) ? judgedRecord(file) : file), { level: 1 });
}

function judgedRecord(file: JudgedFile): JudgedRecord {
  const { lineStarts, lineEnds } = file.lines;
  return {
    ...file,
    lines: Array.from(lineEnds, (end, line) => end - (lineStarts[line] ?? 0)),
    endings: Array.from(lineEnds, (end, line) => (lineStarts[line + 1] ?? end) - end),
  };
}

/**
 * The report on a file that `recordOfFile` made a record of.
 *
 * @param readText the file's text, asked for when somebody quotes from it
 * @throws CandorError `corrupt` for anything else
 */
export function fileOfRecord(record: Uint8Array, readText: () => string): FileReport {
  const parsed: unknown = parseJson(inflateRawSync(record).toString());
  if (isSkippedRecord(parsed)) return parsed;
  if (!isJudgedRecord(parsed)) throw new CandorError('corrupt', 'What is kept of a file is no report on it.');
  const { lines, endings, ...file } = parsed;
  return { ...file, lines: linesOf(lines, endings, readText) };
}

function linesOf(lengths: readonly number[], endings: readonly number[], readText: () => string): LineIndex {
  const lineStarts = new Uint32Array(lengths.length);
  const lineEnds = new Uint32Array(lengths.length);
  let start = 0;
  for (const [line, length] of lengths.entries()) {
    lineStarts[line] = start;
    lineEnds[line] = start + length;
    start += length + (endings[line] ?? 0);
  }
  let text: string | undefined;
  return {
    get text() {
      return (text ??= readText());
    },
    lineStarts,
    lineEnds,
  };
}

function isSkippedRecord(value: unknown): value is SkippedFile {
  return isRecord(value) && typeof value.path === 'string' && typeof value.skipped === 'string';
}

/** The store vouches for the rest: it gives back what was put into it, by the same version of Candor. */
function isJudgedRecord(value: unknown): value is JudgedRecord {
  return (
    isRecord(value) &&
    typeof value.path === 'string' &&
    [value.lines, value.endings, value.categories, value.assessments].every((list) => Array.isArray(list))
  );
}
