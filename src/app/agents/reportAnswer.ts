import { isJudged, type FileReport, type Report } from '../../audit/report.ts';
import { positionAt } from '../../core/lineIndex.ts';
import { record } from '../../core/json/fieldReaders.ts';
import { jsonReport } from '../../report/jsonReport.ts';
import type { Answer } from './answer.ts';
import { CALL_LIMITS } from './callLimits.ts';

/**
 * A report for an agent, kept small:
 *
 *     report     as `candor audit --format=json` has it, with the riskiest regions alone; its summary counts all
 *     readFirst  these regions in the order in which to read them
 *     leftOut    how many regions were judged and files looked at that are not in it
 *     incomplete where the time ran out: how many files were judged by then, of how many
 *
 * @param isCutShort whether the audit had no time left
 */
export function reportAnswer(
  report: Report,
  isCutShort = false,
  mostCharacters: number = CALL_LIMITS.answerCharacters,
): Answer {
  const incomplete = isCutShort ? { incomplete: whatIsMissing(report) } : {};
  for (let shown = report.riskiest.length; ; shown = Math.floor(shown / 2)) {
    const answer = { ...incomplete, ...answerWith(report, shown) };
    if (shown === 0 || JSON.stringify(answer).length <= mostCharacters) return answer;
  }
}

function answerWith(report: Report, shown: number): Answer {
  const riskiest = report.riskiest.slice(0, shown);
  const kept = new Set(riskiest.map(({ assessment }) => assessment.id));
  const files = filesWith(report.files, kept);
  return {
    report: record(JSON.parse(jsonReport({ ...report, files }))),
    readFirst: riskiest.map(({ file, assessment: { region } }) => ({
      path: file.path,
      region: region.id,
      line: positionAt(file.lines, region.start).line,
    })),
    leftOut: { regions: report.summary.regions - kept.size, files: report.files.length - files.length },
  };
}

/** What an audit did not come to, and what to do about it. Files that are none to judge do not count. */
function whatIsMissing({ summary: { judgedFiles, skipped } }: Report): Answer {
  const unjudged = skipped['out of time'] ?? 0;
  const missing =
    unjudged > 0
      ? 'The other files were not judged, so nothing here speaks of them. Ask about those alone, or about fewer.'
      : 'All files were judged, but not all of the riskiest regions may have been read in full. Ask about fewer files.';
  return { reason: 'out of time', judgedFiles, of: judgedFiles + unjudged, missing };
}

/** Files with regions that are kept, and some that were skipped: who asked for one wants to hear why. */
function filesWith(files: Iterable<FileReport>, kept: ReadonlySet<string>): readonly FileReport[] {
  let skipped = 0;
  return Array.from(files).flatMap((file): readonly FileReport[] => {
    if (!isJudged(file)) return skipped++ < CALL_LIMITS.skippedFiles ? [file] : [];
    const assessments = file.assessments.filter(({ id }) => kept.has(id));
    return assessments.length === 0 ? [] : [{ ...file, assessments }];
  });
}
