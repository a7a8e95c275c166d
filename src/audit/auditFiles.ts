import { join } from 'node:path';
import { CandorError } from '../core/candorError.ts';
import type { Assessment } from '../core/words.ts';
import { assessText, type AssessedText, type Assessor } from '../assess/assessText.ts';
import { explainRegion } from '../assess/explainRegion.ts';
import type { LineRange } from '../history/lineRange.ts';
import { isLanguageId, languageEntry, type LanguageId } from '../syntax/languages.ts';
import { linesAfterEdit, rangesOfLines } from './changedRanges.ts';
import { mapInOrder } from './mapInOrder.ts';
import { readSource, sourceOfText } from './readSource.ts';
import { isJudged, type FileReport, type JudgedFile, type RegionReference, type Report } from './report.ts';

/** Tells how far an audit has come. */
export type OnProgress = (activity: string, done: number, total: number) => void;

export interface FileToAudit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
  /** Only these lines of the file on the disk are judged, as regions of origin `diff`. Absent: all of it. */
  readonly changedLines?: readonly LineRange[];
}

export interface AuditRequest {
  readonly root: string;
  readonly files: readonly FileToAudit[];
  /** Unsaved texts by path, judged in place of what the disk holds. */
  readonly openTexts?: ReadonlyMap<string, string>;
  /** Regions to explain in full. */
  readonly top: number;
  readonly onProgress: OnProgress;
  readonly abortSignal?: AbortSignal;
}

/** Regions come by their least likely token: `docs/decisions/region-order.md`. Spans by the surprisal they add up to. */
const REGION_ORDER = 'minimumLogprob';
const SPAN_ORDER = 'totalSurprisal';

/** Files under way at a time: enough to keep the parser's threads busy while the engine scores. */
const FILES_UNDER_WAY = 4;

/** An engine that fails so often in a row has broken down for good; each of the other files would wait for it in vain. */
const MOST_FAILURES_IN_A_ROW = 10;

/**
 * Assesses files one after the other, finds the riskiest regions of all, and explains those. A file that the engine or
 * the parser fails on is left out, with the reason.
 *
 * @throws the engine's CandorError when it failed on all files, or on ten in a row
 */
export async function auditFiles(
  assessor: Assessor,
  request: AuditRequest,
): Promise<Pick<Report, 'source' | 'orderedBy' | 'files' | 'riskiest'>> {
  const { files: wanted, top, onProgress } = request;
  const files: FileReport[] = [];
  const engineFailures: CandorError[] = [];
  let failuresInARow = 0;
  const onEngineFailure = (error: CandorError): void => void engineFailures.push(error);
  const audit = (file: FileToAudit): Promise<FileReport> => auditFile(assessor, request, file, onEngineFailure);
  for await (const file of mapInOrder(wanted, FILES_UNDER_WAY, audit)) {
    files.push(file);
    failuresInARow = 'skipped' in file && file.skipped === 'not scored' ? failuresInARow + 1 : 0;
    const isLost = failuresInARow >= Math.min(MOST_FAILURES_IN_A_ROW, wanted.length);
    if (isLost && engineFailures[0] !== undefined) throw engineFailures[0];
    onProgress('judging', files.length, wanted.length);
  }
  const ranked = files
    .filter(isJudged)
    .flatMap((file) => file.assessments.map((assessment): RegionReference => ({ file, assessment })))
    .sort((a, b) => orderOf(a.assessment) - orderOf(b.assessment));
  const riskiest = await explain(assessor, request, ranked.slice(0, top), files);
  return {
    source: assessor.engine.source,
    orderedBy: { regions: REGION_ORDER, spans: SPAN_ORDER },
    files,
    riskiest,
  };
}

async function auditFile(
  assessor: Assessor,
  request: AuditRequest,
  file: FileToAudit,
  onEngineFailure: (error: CandorError) => void,
): Promise<FileReport> {
  const language = languageName(file.language);
  const assessed = await assessFile(assessor, request, file, onEngineFailure);
  if (typeof assessed === 'string') return { path: file.path, language, skipped: assessed };
  return {
    path: file.path,
    language,
    lines: assessed.lines,
    tokenCount: assessed.scored.tokenCount,
    assessments: assessed.regions.map((region) => region.assessment),
  };
}

async function assessFile(
  assessor: Assessor,
  { root, openTexts, abortSignal }: AuditRequest,
  { path, language, changedLines }: FileToAudit,
  onEngineFailure?: (error: CandorError) => void,
): Promise<AssessedText | Exclude<FileReport, JudgedFile>['skipped']> {
  const openText = openTexts?.get(path);
  const source = openText === undefined ? await readSource(join(root, path)) : sourceOfText(openText);
  if (source.kind === 'skipped') return source.reason;
  const { text } = source;
  const lines = openText === undefined ? changedLines : await changedSinceSaved(join(root, path), text, changedLines);
  const request = {
    text,
    path,
    language,
    ...(lines && { within: { origin: 'diff' as const, ranges: rangesOfLines(text, lines) } }),
    ...(abortSignal && { abortSignal }),
  };
  try {
    return await assessText(assessor, request);
  } catch (error) {
    if (CandorError.is(error, 'engine-failed')) onEngineFailure?.(error);
    return skipReason(error);
  }
}

/** Changed lines of the file on the disk, as lines of its unsaved text. */
async function changedSinceSaved(
  path: string,
  unsaved: string,
  changedLines: readonly LineRange[] | undefined,
): Promise<readonly LineRange[] | undefined> {
  if (changedLines === undefined) return undefined;
  const saved = await readSource(path);
  return linesAfterEdit(saved.kind === 'text' ? saved.text : '', unsaved, changedLines);
}

/** One file that breaks the engine or the parser must not cost the report of all the others; any other fault does. */
function skipReason(error: unknown): 'not scored' | 'not parsed' {
  if (CandorError.is(error, 'engine-failed')) return 'not scored';
  if (CandorError.is(error, 'parser-failed')) return 'not parsed';
  throw error;
}

/** Explains the given regions file by file, and puts what it learned into the report's files. */
async function explain(
  assessor: Assessor,
  request: AuditRequest,
  riskiest: readonly RegionReference[],
  files: FileReport[],
): Promise<readonly RegionReference[]> {
  const explained = new Map<Assessment, RegionReference>();
  const byFile = Map.groupBy(riskiest, ({ file }) => file);
  for (const [file, references] of byFile) {
    const place = files.indexOf(file);
    const wanted = request.files[place];
    const assessed = wanted === undefined ? 'not readable' : await assessFile(assessor, request, wanted);
    if (typeof assessed === 'string') continue;
    const assessments = [...file.assessments];
    for (const { assessment } of references) {
      const index = file.assessments.indexOf(assessment);
      // The file may have been written to since; what was found then stands as it is.
      if (assessed.regions[index]?.assessment.region.id !== assessment.region.id) continue;
      const whole = await explainRegion(assessor, assessed, index).catch(skipReason);
      if (typeof whole === 'string') continue;
      assessments[index] = { ...whole, id: assessment.id };
      request.onProgress('explaining', explained.size + 1, riskiest.length);
      explained.set(assessment, { file, assessment: assessments[index] });
    }
    files[place] = { ...file, assessments };
  }
  return riskiest.map((reference) => explained.get(reference.assessment) ?? reference);
}

function orderOf(assessment: Assessment): number {
  return assessment.evidence.signals[REGION_ORDER] ?? 0;
}

function languageName(language: LanguageId | 'lines'): string | null {
  return isLanguageId(language) ? languageEntry(language).name : null;
}
