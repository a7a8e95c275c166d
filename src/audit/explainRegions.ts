import type { Assessor } from '../assess/assessText.ts';
import { explainRegion } from '../assess/explainRegion.ts';
import type { Assessment } from '../core/words.ts';
import { assessFile, skipReason } from './assessFile.ts';
import type { AuditRequest } from './auditRequest.ts';
import type { FileReport, JudgedFile, RegionReference } from './report.ts';

/** Explains regions of a report file by file, and puts what it learned into the report's files. */
export async function explainRegions(
  assessor: Assessor,
  request: AuditRequest,
  files: FileReport[],
  wanted: readonly RegionReference[],
): Promise<readonly RegionReference[]> {
  const explained = new Map<Assessment, RegionReference>();
  const byFile = Map.groupBy(wanted, ({ file }) => file);
  for (const [file, references] of byFile) {
    const place = files.indexOf(file);
    const toAudit = request.files[place];
    if (toAudit === undefined) continue;
    const assessed = await assessFile(assessor, request, toAudit, readIndices(file, assessor));
    if (typeof assessed === 'string') continue;
    const assessments = [...file.assessments];
    for (const { assessment } of references) {
      const index = file.assessments.indexOf(assessment);
      // The file may have been written to since; what was found then stands as it is.
      if (assessed.regions[index]?.assessment.region.id !== assessment.region.id) continue;
      const whole = await explainRegion(assessor, assessed, index).catch(skipReason);
      if (typeof whole === 'string') continue;
      assessments[index] = { ...whole, id: assessment.id };
      request.onProgress('explaining', explained.size + 1, wanted.length);
      explained.set(assessment, { file, assessment: assessments[index] });
    }
    files[place] = { ...file, assessments };
  }
  return wanted.map((reference) => explained.get(reference.assessment) ?? reference);
}

/** Which regions of a file the engine has read, where a scout looked at the others. */
function readIndices({ assessments }: JudgedFile, { engine, scout }: Assessor): ReadonlySet<number> | undefined {
  if (!scout) return undefined;
  const indices = assessments.flatMap(({ source }, index) => (source.engine === engine.name ? [index] : []));
  return new Set(indices);
}
