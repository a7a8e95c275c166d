import type { Assessor } from '../assess/assessText.ts';
import { rankOrder, RISK_ORDER } from '../core/readingOrder.ts';
import { REGION_ORDER } from '../core/regionRank.ts';
import { showsChance, type Calibration } from '../core/risk/calibration.ts';
import type { AuditRequest } from './auditRequest.ts';
import type { StoredFile } from './auditStore.ts';
import { explainRegions } from './explainRegions.ts';
import { failureCount } from './failureCount.ts';
import { lookHere } from './lookAtFile.ts';
import { makerOfFile } from './makerOfFile.ts';
import { mapInOrder } from './mapInOrder.ts';
import { rankedRegions } from './rankedRegions.ts';
import { readRiskiest } from './readRiskiest.ts';
import { recallOrLook } from './recallOrLook.ts';
import type { Report } from './report.ts';
import { reportSummary } from './reportSummary.ts';
import { storedReports } from './storedReports.ts';

/** Spans come by the surprisal that they add up to. */
const SPAN_ORDER = 'totalSurprisal';

/** What an audit found. */
export interface AuditedFiles extends Pick<
  Report,
  'source' | 'calibration' | 'orderedBy' | 'files' | 'summary' | 'riskiest'
> {
  /**
   * The same files with so many of the riskiest regions explained, for as long as the engine and the store are open. The store keeps
   * each that is explained, also where the signal stops the rest.
   */
  readonly explained: (
    top: number,
    watch: Pick<AuditRequest, 'onProgress' | 'abortSignal'>,
  ) => Promise<Pick<Report, 'files' | 'riskiest'>>;
}

/** Files under way at a time: enough to keep the parser's threads busy while the engine scores. */
const FILES_UNDER_WAY = 4;

/**
 * Assesses files, finds the riskiest regions of all, and explains those. With a scout, the scout looks at everything first and the
 * engine reads the riskiest part of it. A file that the engine or the parser fails on is left out, with the reason; what the engine
 * could not read stays as the scout saw it.
 *
 * What the store has of the same text by the same maker is not judged again. The files of the report are read from the store as it was
 * then, and it must be open as long as somebody goes through them.
 *
 * @throws the engine's CandorError when it failed on all files, or on ten in a row
 */
export async function auditFiles(assessor: Assessor, request: AuditRequest): Promise<AuditedFiles> {
  const { scout, engine } = assessor;
  const files = await lookAtFiles(scout ? { ...assessor, engine: scout.engine, scout: null } : assessor, request);
  // Explaining needs the room.
  await request.looking?.close();
  if (scout) await readRiskiest(assessor, scout, request, files);
  const inOrder = rankOrder(engine.name);
  const ranked = rankedRegions(files).sort((a, b) => inOrder(a.rank, b.rank));
  const records = request.store.recordsNow();
  const explained: AuditedFiles['explained'] = async (top, watch) => {
    const told = await explainRegions(assessor, { ...request, ...watch }, records, files, ranked.slice(0, top));
    return storedReports(request, records, files, told);
  };
  const reports = await explained(request.top, request);
  const { source } = engine;
  const calibration = assessor.calibrationOf?.(source) ?? null;
  const summary = reportSummary(files.map(({ sketch }) => sketch));
  return { source, calibration, orderedBy: orderOf(calibration), summary, ...reports, explained };
}

/** What regions and spans are ordered by. */
export function orderOf(calibration: Calibration | null): Report['orderedBy'] {
  const isJudged = calibration !== null && showsChance(calibration);
  return {
    regions: isJudged ? RISK_ORDER : REGION_ORDER,
    spans: isJudged && calibration.model.parts !== null ? RISK_ORDER : SPAN_ORDER,
  };
}

async function lookAtFiles(assessor: Assessor, request: AuditRequest): Promise<StoredFile[]> {
  const { files: wanted, onProgress, looking, maker } = request;
  const files: StoredFile[] = [];
  const failures = failureCount(wanted.length);
  const here = lookHere(assessor, { ...request, onEngineFailure: failures.add });
  const { engine } = assessor;
  // Of each file some calls wait, and small files have but one.
  const filesUnderWayHere = Math.max(FILES_UNDER_WAY, 2 * (engine.concurrency ?? 0));
  const { look, filesUnderWay } = looking ?? { look: here, filesUnderWay: filesUnderWayHere };
  const use = `looked at by ${engine.name}`;
  const { source } = engine;
  const lookOnce = (file: AuditRequest['files'][number]): Promise<StoredFile> => {
    request.abortSignal?.throwIfAborted();
    // Threads know the disk alone, and what is left out needs none.
    const isHere = file.leftOut !== undefined || request.openTexts?.has(file.path) === true;
    return recallOrLook(request, use, makerOfFile(maker, source, file), file, isHere ? here : look);
  };
  for await (const file of mapInOrder(wanted, filesUnderWay, lookOnce)) {
    files.push(file);
    failures.end(file.sketch.skipped === 'not scored');
    onProgress('judging', files.length, wanted.length);
  }
  return files;
}
