import type { AssessedText, Assessor } from '../assess/assessText.ts';
import { regionsToRead, tokensOf, type Scout } from '../assess/regionsToRead.ts';
import type { Assessment } from '../core/words.ts';
import { assessFile } from './assessFile.ts';
import type { AuditRequest } from './auditRequest.ts';
import { failureCount } from './failureCount.ts';
import { mapInOrder } from './mapInOrder.ts';
import type { SkipReason } from './readSource.ts';
import { isJudged, type FileReport, type JudgedFile } from './report.ts';

/** Files that are read at a time: the next is parsed while the engine is busy. */
const FILES_UNDER_WAY = 2;

/** Speed is told of no fewer tokens: the first ones are slower. */
const LEAST_TIMED_TOKENS = 1000;

/** A file in which something is to be read: its place in the report, and the places of the regions in it. */
interface FileToRead {
  readonly place: number;
  readonly indices: ReadonlySet<number>;
}

interface FileReading extends FileToRead {
  readonly assessed: AssessedText | SkipReason;
}

/** Lets the engine read what is riskiest by the scout, and puts what it says in the place of what the scout said. */
export async function readRiskiest(
  assessor: Assessor,
  scout: Scout,
  request: AuditRequest,
  files: FileReport[],
): Promise<void> {
  const { onProgress, onEstimate } = request;
  const chosen = regionsToRead(
    files.filter(isJudged).flatMap(({ assessments }) => assessments),
    scout,
  );
  const toRead = files.flatMap((file, place): FileToRead[] => {
    const assessments = isJudged(file) ? file.assessments : [];
    const indices = assessments.flatMap((assessment, index) => (chosen.has(assessment) ? [index] : []));
    return indices.length === 0 ? [] : [{ place, indices: new Set(indices) }];
  });
  const tokens = Array.from(chosen).reduce((sum, assessment) => sum + tokensOf(assessment), 0);
  const failures = failureCount(toRead.length);
  const around = { ...request, onEngineFailure: failures.add };
  const read = async ({ place, indices }: FileToRead): Promise<FileReading> => {
    const [wanted, file] = [request.files[place], files[place]];
    const isThere = wanted !== undefined && file !== undefined && isJudged(file);
    return { place, indices, assessed: isThere ? await assessFile(assessor, around, wanted, indices) : 'not readable' };
  };
  const startedMs = performance.now();
  let readTokens = 0;
  let isEstimated = false;
  for await (const { place, indices, assessed } of mapInOrder(toRead, FILES_UNDER_WAY, read)) {
    failures.end(assessed === 'not scored');
    const file = files[place];
    if (file === undefined || !isJudged(file)) continue;
    for (const [index, assessment] of file.assessments.entries())
      if (indices.has(index)) readTokens += tokensOf(assessment);
    if (typeof assessed !== 'string') files[place] = { ...file, assessments: readAnew(file, indices, assessed) };
    onProgress('reading', readTokens, tokens);
    if (isEstimated || readTokens < LEAST_TIMED_TOKENS) continue;
    isEstimated = true;
    onEstimate?.({ tokens, tokensPerSecond: (1000 * readTokens) / (performance.now() - startedMs) });
  }
}

/** The file may have been written to since the scout's look; what it found then stands as it is. */
function readAnew(
  { assessments }: JudgedFile,
  indices: ReadonlySet<number>,
  { regions }: AssessedText,
): readonly Assessment[] {
  return assessments.map((looked, index) => {
    const read = regions[index]?.assessment;
    return indices.has(index) && read?.region.id === looked.region.id ? read : looked;
  });
}
