import { isJudged, type Report } from '../audit/report.ts';
import { failedFiles, isFailure } from '../report/failedFiles.ts';
import { plural } from '../report/whatWasJudged.ts';
import { EXIT } from './exitCodes.ts';
import { unmetGates, type Gates } from './gates.ts';

export interface EndOfAudit {
  /** Of the process. */
  readonly code: number;
  /** Sentences for standard error: what is not met, and what failed. */
  readonly said: readonly string[];
}

/**
 * How an audit ends whose report is written: a gate that is not met comes before a file that failed. Such a gate stays unmet whatever
 * the file would have added, so there is nothing to try again; while gates that all others meet tell nothing of the file, and another
 * try may.
 */
export function endOfAudit(gates: Gates, report: Pick<Report, 'files' | 'summary'>): EndOfAudit {
  const unmet = unmetGates(gates, report);
  const failed = failureInWords(report);
  if (unmet.length > 0) return { code: EXIT.gateNotMet, said: [...unmet, ...failed] };
  return { code: failed.length > 0 ? EXIT.failed : EXIT.done, said: failed };
}

/** In one sentence how many files failed, and the first that was left out for it; nothing where none did. */
function failureInWords({ files, summary }: Pick<Report, 'files' | 'summary'>): readonly string[] {
  const failed = failedFiles(summary);
  if (failed.length === 0) return [];
  const count = failed.reduce((sum, [, own]) => sum + own, 0);
  const fates = failed.map(([fate, own]) => `${own.toLocaleString('en')} ${fate}`).join(', ');
  const first = firstFailed(files);
  return [
    `Of ${plural(summary.files, 'file')} ${count.toLocaleString('en')} failed (${fates})${first === null ? '' : `, first ${first}`}. ` +
      'Run the same command again, or leave out what fails each time (--exclude=PATTERN, .candorignore).',
  ];
}

function firstFailed(files: Report['files']): string | null {
  for (const file of files) if (!isJudged(file) && isFailure(file.skipped)) return file.path;
  return null;
}
