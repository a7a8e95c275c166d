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
 */
export function reportAnswer(report: Report, mostCharacters: number = CALL_LIMITS.answerCharacters): Answer {
  for (let shown = report.riskiest.length; ; shown = Math.floor(shown / 2)) {
    const answer = answerWith(report, shown);
    if (shown === 0 || JSON.stringify(answer).length <= mostCharacters) return answer;
  }
}

function answerWith(report: Report, shown: number): Answer {
  const riskiest = report.riskiest.slice(0, shown);
  const kept = new Set(riskiest.map(({ assessment }) => assessment.id));
  const files = filesWith(report.files, kept);
  const regions = report.files.reduce((sum, file) => sum + (isJudged(file) ? file.assessments.length : 0), 0);
  const { summary } = record(JSON.parse(jsonReport(report)));
  return {
    report: { ...record(JSON.parse(jsonReport({ ...report, files }))), summary },
    readFirst: riskiest.map(({ file, assessment: { region } }) => ({
      path: file.path,
      region: region.id,
      line: positionAt(file.lines, region.start).line,
    })),
    leftOut: { regions: regions - kept.size, files: report.files.length - files.length },
  };
}

/** Files with regions that are kept, and some that were skipped: who asked for one wants to hear why. */
function filesWith(files: readonly FileReport[], kept: ReadonlySet<string>): readonly FileReport[] {
  let skipped = 0;
  return files.flatMap((file): readonly FileReport[] => {
    if (!isJudged(file)) return skipped++ < CALL_LIMITS.skippedFiles ? [file] : [];
    const assessments = file.assessments.filter(({ id }) => kept.has(id));
    return assessments.length === 0 ? [] : [{ ...file, assessments }];
  });
}
