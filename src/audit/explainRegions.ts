import type { Assessor } from '../assess/assessText.ts';
import { explainRegion } from '../assess/explainRegion.ts';
import type { Assessment } from '../core/words.ts';
import { isRecord, parseJson } from '../wire/jsonReaders.ts';
import { assessFile, isUnassessed, skipReason } from './assessFile.ts';
import type { AuditRequest } from './auditRequest.ts';
import type { ExplainedRegion, RecordsThen, StoredFile } from './auditStore.ts';
import { fileOfRecord } from './fileRecord.ts';
import type { RankedRegion } from './rankedRegions.ts';
import { isJudged } from './report.ts';
import type { ToldRegion } from './storedReports.ts';

/** Explains regions of files, file by file; what the store has of that is not asked for again. */
export async function explainRegions(
  assessor: Assessor,
  request: AuditRequest,
  records: RecordsThen,
  files: readonly StoredFile[],
  wanted: readonly RankedRegion[],
): Promise<readonly ToldRegion[]> {
  const { store } = request;
  const explained = new Map<RankedRegion, Assessment>();
  if (wanted.length > 0) request.onProgress('explaining', 0, wanted.length);
  for (const [place, regions] of Map.groupBy(wanted, ({ file }) => file)) {
    const [toAudit, stored] = [request.files[place], files[place]];
    if (toAudit === undefined || stored === undefined) continue;
    const unexplained = regions.filter((region) => {
      const known: unknown = parseJson(store.explained(keyOf(stored, region)) ?? '');
      if (!isAssessment(known)) return true;
      explained.set(region, known);
      return false;
    });
    if (unexplained.length === 0) continue;
    const file = fileOfRecord(records.record(stored), () => '');
    const assessed = await assessFile(assessor, request, toAudit, readIndices(stored, assessor));
    if (isUnassessed(assessed) || !isJudged(file)) continue;
    for (const region of unexplained) {
      const assessment = file.assessments[region.index];
      // The file may have been written to since; what was found then stands as it is.
      if (assessment === undefined || assessed.regions[region.index]?.assessment.region.id !== assessment.region.id)
        continue;
      const whole = await explainRegion(assessor, assessed, region.index).catch(skipReason);
      // The parser answers a call that was aborted with nothing, and of nothing an explanation must not be kept.
      request.abortSignal?.throwIfAborted();
      if (typeof whole === 'string') continue;
      const kept = { ...whole, id: assessment.id };
      store.keepExplained(keyOf(stored, region), JSON.stringify(kept));
      explained.set(region, kept);
      request.onProgress('explaining', explained.size, wanted.length);
    }
  }
  return wanted.map((region) => ({ ...region, explained: explained.get(region) ?? null }));
}

function keyOf({ path, slot, maker, digest }: StoredFile, { index }: RankedRegion): ExplainedRegion {
  return { path, slot, maker, digest, index };
}

/** The store vouches for the rest. */
function isAssessment(value: unknown): value is Assessment {
  return isRecord(value) && isRecord(value.region);
}

/** Which regions of a file the engine has read, where a scout looked at the others. */
function readIndices({ sketch }: StoredFile, { engine, scout }: Assessor): ReadonlySet<number> | undefined {
  if (!scout) return undefined;
  return new Set(sketch.regions.flatMap((region, index) => (region.engine === engine.name ? [index] : [])));
}
