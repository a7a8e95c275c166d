import type { Report } from '../../audit/report.ts';
import { list, number, record } from '../../core/json/fieldReaders.ts';
import type { TextRange } from '../../engines/engine.ts';
import { jsonReport } from '../../report/jsonReport.ts';
import { jsonScoreReport, type ScoreReport } from '../../report/scoreReport.ts';
import type { Answer } from './answer.ts';
import { CALL_LIMITS } from './callLimits.ts';

/** What is known of some lines. */
export interface KnownLines {
  /** Of one file, with the regions that touch the lines and, in each, the spans that do. */
  readonly report: Report;
  readonly score: ScoreReport;
  readonly range: TextRange;
  /** Regions and spans that touch the lines and are not in the report. */
  readonly leftOut: { readonly regions: number; readonly spans: number };
}

/**
 * What is known of some lines, for an agent:
 *
 *     report   as `candor audit --format=json` has it
 *     score    as `candor score --format=json` has it, with the tokens of the lines alone
 *     leftOut  how many regions, spans and tokens of the lines are not in it
 */
export function linesAnswer(
  { report, score, range, leftOut }: KnownLines,
  mostTokens: number = CALL_LIMITS.tokens,
): Answer {
  const scored = record(JSON.parse(jsonScoreReport(score)));
  const touching = list(scored.tokens, record).filter(
    (token) => number(token.start) < range.end && number(token.end) > range.start,
  );
  const tokens = touching.slice(0, mostTokens);
  return {
    report: record(JSON.parse(jsonReport(report))),
    score: { ...scored, tokens },
    leftOut: { ...leftOut, tokens: touching.length - tokens.length },
  };
}
