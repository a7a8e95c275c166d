import type { Assessor } from '../assess/assessText.ts';
import { readingOrder, REGION_ORDER, RISK_ORDER } from '../core/readingOrder.ts';
import { showsChance, type Calibration } from '../core/risk/calibration.ts';
import { isLanguageId, languageEntry, type LanguageId } from '../syntax/languages.ts';
import { assessFile, type FileToAudit } from './assessFile.ts';
import type { AuditRequest } from './auditRequest.ts';
import { explainRegions } from './explainRegions.ts';
import { failureCount } from './failureCount.ts';
import { mapInOrder } from './mapInOrder.ts';
import { readRiskiest } from './readRiskiest.ts';
import { isJudged, type FileReport, type RegionReference, type Report } from './report.ts';

/** Spans come by the surprisal that they add up to. */
const SPAN_ORDER = 'totalSurprisal';

/** Files under way at a time: enough to keep the parser's threads busy while the engine scores. */
const FILES_UNDER_WAY = 4;

/**
 * Assesses files one after the other, finds the riskiest regions of all, and explains those. With a scout, the scout looks at
 * everything first and the engine reads the riskiest part of it. A file that the engine or the parser fails on is left
 * out, with the reason; what the engine could not read stays as the scout saw it.
 *
 * @throws the engine's CandorError when it failed on all files, or on ten in a row
 */
export async function auditFiles(
  assessor: Assessor,
  request: AuditRequest,
): Promise<Pick<Report, 'source' | 'calibration' | 'orderedBy' | 'files' | 'riskiest'>> {
  const { scout, engine } = assessor;
  const files = await lookAtFiles(scout ? { ...assessor, engine: scout.engine, scout: null } : assessor, request);
  if (scout) await readRiskiest(assessor, scout, request, files);
  const inOrder = readingOrder(engine.name);
  const ranked = files
    .filter(isJudged)
    .flatMap((file) => file.assessments.map((assessment): RegionReference => ({ file, assessment })))
    .sort((a, b) => inOrder(a.assessment, b.assessment));
  const riskiest = await explainRegions(assessor, request, files, ranked.slice(0, request.top));
  const { source } = engine;
  const calibration = assessor.calibrationOf?.(source) ?? null;
  return { source, calibration, orderedBy: orderOf(calibration), files, riskiest };
}

/** What regions and spans are ordered by. */
export function orderOf(calibration: Calibration | null): Report['orderedBy'] {
  const isJudged = calibration !== null && showsChance(calibration);
  return {
    regions: isJudged ? RISK_ORDER : REGION_ORDER,
    spans: isJudged && calibration.model.parts !== null ? RISK_ORDER : SPAN_ORDER,
  };
}

async function lookAtFiles(assessor: Assessor, request: AuditRequest): Promise<FileReport[]> {
  const { files: wanted, onProgress } = request;
  const files: FileReport[] = [];
  const failures = failureCount(wanted.length);
  const around = { ...request, onEngineFailure: failures.add };
  const look = async (file: FileToAudit): Promise<FileReport> => {
    const { path } = file;
    const language = languageName(file.language);
    const assessed = await assessFile(assessor, around, file);
    if (typeof assessed === 'string') return { path, language, skipped: assessed };
    const { lines, scored, regions } = assessed;
    const assessments = regions.map((region) => region.assessment);
    return { path, language, lines, tokenCount: scored.tokenCount, assessments };
  };
  for await (const file of mapInOrder(wanted, FILES_UNDER_WAY, look)) {
    files.push(file);
    failures.end('skipped' in file && file.skipped === 'not scored');
    onProgress('judging', files.length, wanted.length);
  }
  return files;
}

function languageName(language: LanguageId | 'lines'): string | null {
  return isLanguageId(language) ? languageEntry(language).name : null;
}
