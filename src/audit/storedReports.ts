import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assessment } from '../core/words.ts';
import type { AuditRequest } from './auditRequest.ts';
import type { RecordsThen, StoredFile } from './auditStore.ts';
import { fileOfRecord } from './fileRecord.ts';
import { textDigest } from './textDigest.ts';
import type { RankedRegion } from './rankedRegions.ts';
import { decodeSource } from './readSource.ts';
import { isJudged, type FileReport, type RegionReference, type Report } from './report.ts';

/** A region to look at first, as it is told in full; null where it could not be explained. */
export interface ToldRegion extends Pick<RankedRegion, 'file' | 'index'> {
  readonly explained: Assessment | null;
}

/**
 * The reports on files that a store kept, read from its records one at a time, with the regions that were explained as they were.
 * A file's text is read anew where something of it is quoted; what has changed since it was judged has nothing to quote.
 */
export function storedReports(
  { root, files: wanted, openTexts }: Pick<AuditRequest, 'root' | 'files' | 'openTexts'>,
  records: RecordsThen,
  stored: readonly StoredFile[],
  told: readonly ToldRegion[],
): Pick<Report, 'files' | 'riskiest'> {
  const byFile = Map.groupBy(told, ({ file }) => file);

  function reportAt(place: number): FileReport {
    const file = stored[place] ?? NOT_STORED;
    const { path, digest } = file;
    const textAtHand = wanted[place]?.text ?? openTexts?.get(path);
    const report = fileOfRecord(records.record(file), () => {
      const text = textAtHand ?? textOnDisk(join(root, path));
      return textDigest(text) === digest ? text : '';
    });
    const own = byFile.get(place);
    if (own === undefined || !isJudged(report)) return report;
    const explained = new Map(own.map((one) => [one.index, one.explained]));
    return {
      ...report,
      assessments: report.assessments.map((assessment, index) => explained.get(index) ?? assessment),
    };
  }

  return {
    files: {
      length: stored.length,
      *[Symbol.iterator]() {
        for (const place of stored.keys()) yield reportAt(place);
      },
    },
    riskiest: told.flatMap(({ file: place, index }): readonly RegionReference[] => {
      const file = reportAt(place);
      const assessment = isJudged(file) ? file.assessments[index] : undefined;
      return isJudged(file) && assessment !== undefined ? [{ file, assessment }] : [];
    }),
  };
}

const NOT_STORED: Pick<StoredFile, 'path' | 'slot' | 'maker' | 'digest'> = {
  path: '',
  slot: '',
  maker: '',
  digest: null,
};

function textOnDisk(path: string): string {
  try {
    return decodeSource(readFileSync(path));
  } catch {
    return '';
  }
}
