import type { Assessor } from '../assess/assessText.ts';
import { regionsToRead, type Scout } from '../assess/regionsToRead.ts';
import type { AuditRequest } from './auditRequest.ts';
import type { StoredFile } from './auditStore.ts';
import { failureCount } from './failureCount.ts';
import { lookAtFile } from './lookAtFile.ts';
import { makerOfFile } from './makerOfFile.ts';
import { mapInOrder } from './mapInOrder.ts';
import { rankedRegions, type RankedRegion } from './rankedRegions.ts';
import { recallOrLook } from './recallOrLook.ts';

/** Files that are read at a time: the next is parsed while the engine is busy. */
const FILES_UNDER_WAY = 2;

/** Speed is told of no fewer tokens: the first ones are slower. */
const LEAST_TIMED_TOKENS = 1000;

/** A file in which something was read, or had been read before. */
interface ReadFile {
  readonly place: number;
  /** As the scout saw it. */
  readonly looked: StoredFile;
  readonly stored: StoredFile;
  /** Of the regions that were to be read. */
  readonly tokens: number;
  readonly isNew: boolean;
}

/** Lets the engine read what is riskiest by the scout, and puts what it says in the place of what the scout said. */
export async function readRiskiest(
  assessor: Assessor,
  scout: Scout,
  request: AuditRequest,
  files: StoredFile[],
): Promise<void> {
  const { onProgress, onEstimate, maker } = request;
  const chosen = [...regionsToRead(rankedRegions(files), ({ rank }) => rank, scout)];
  const toRead = Map.groupBy(chosen, ({ file }) => file);
  const tokens = tokensOf(chosen);
  const failures = failureCount(toRead.size);
  const around = { ...request, onEngineFailure: failures.add };
  const { engine } = assessor;
  const use = `read by ${engine.name}`;
  let readTokens = 0;
  let timedTokens = 0;
  let isEstimated = false;
  const startedMs = performance.now();

  async function read([place, regions]: readonly [number, readonly RankedRegion[]]): Promise<ReadFile> {
    request.abortSignal?.throwIfAborted();
    const [wanted, looked] = [request.files[place], files[place]];
    if (wanted === undefined || looked === undefined) throw new RangeError(`There is no file ${place}.`);
    const indices = regions.map(({ index }) => index).sort((a, b) => a - b);
    let isNew = false;
    const stored = await recallOrLook(
      request,
      use,
      makerOfFile(maker, engine.source, wanted, indices),
      wanted,
      (file, known) => {
        isNew = true;
        return lookAtFile(assessor, around, file, known, new Set(indices));
      },
    );
    return { place, looked, stored, tokens: tokensOf(regions), isNew };
  }

  const inOrder = [...toRead].sort(([a], [b]) => a - b);
  for await (const { place, looked, stored, ...file } of mapInOrder(inOrder, FILES_UNDER_WAY, read)) {
    failures.end(stored.sketch.skipped === 'not scored');
    // A file that was written to since the scout looked at it, or that the engine failed on, stays as the scout saw it; that it failed
    // is told.
    const { skipped, failure } = stored.sketch;
    if (skipped === null && stored.digest === looked.digest) files[place] = stored;
    else if (failure !== null) files[place] = { ...looked, sketch: { ...looked.sketch, failure } };
    readTokens += file.tokens;
    if (file.isNew) timedTokens += file.tokens;
    onProgress('reading', readTokens, tokens);
    if (isEstimated || timedTokens < LEAST_TIMED_TOKENS) continue;
    isEstimated = true;
    onEstimate?.({ tokens, tokensPerSecond: (1000 * timedTokens) / (performance.now() - startedMs) });
  }
}

function tokensOf(regions: readonly RankedRegion[]): number {
  return regions.reduce((sum, { rank }) => sum + rank.tokens, 0);
}
