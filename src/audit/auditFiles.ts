import { join } from 'node:path';
import { CandorError } from '../core/candorError.ts';
import type { Assessment } from '../core/words.ts';
import { assessText, type AssessedText, type Assessor } from '../assess/assessText.ts';
import { explainRegion } from '../assess/explainRegion.ts';
import { isLanguageId, languageEntry, type LanguageId } from '../syntax/languages.ts';
import { mapInOrder } from './mapInOrder.ts';
import { readSource } from './readSource.ts';
import { isJudged, type FileReport, type JudgedFile, type RegionReference, type Report } from './report.ts';

/** Tells how far an audit has come. */
export type OnProgress = (activity: string, done: number, total: number) => void;

export interface FileToAudit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
}

export interface AuditRequest {
  readonly root: string;
  readonly files: readonly FileToAudit[];
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

/** Assesses files one after the other, finds the riskiest regions of all, and explains those. */
export async function auditFiles(
  assessor: Assessor,
  request: AuditRequest,
): Promise<Pick<Report, 'source' | 'orderedBy' | 'files' | 'riskiest'>> {
  const { files: wanted, top, onProgress } = request;
  const files: FileReport[] = [];
  for await (const file of mapInOrder(wanted, FILES_UNDER_WAY, (one) => auditFile(assessor, request, one))) {
    files.push(file);
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

async function auditFile(assessor: Assessor, request: AuditRequest, file: FileToAudit): Promise<FileReport> {
  const language = languageName(file.language);
  const assessed = await assessFile(assessor, request, file);
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
  { root, abortSignal }: AuditRequest,
  { path, language }: FileToAudit,
): Promise<AssessedText | Exclude<FileReport, JudgedFile>['skipped']> {
  const source = await readSource(join(root, path));
  if (source.kind === 'skipped') return source.reason;
  const request = { text: source.text, path, language, ...(abortSignal && { abortSignal }) };
  return (await assessText(assessor, request).catch(unlessEngineFailed)) ?? 'not parsed';
}

/** One file that breaks an engine must not cost the report of all the others. */
function unlessEngineFailed(error: unknown): null {
  if (CandorError.is(error, 'engine-failed')) return null;
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
      const whole = await explainRegion(assessor, assessed, index).catch(unlessEngineFailed);
      if (whole === null) continue;
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
