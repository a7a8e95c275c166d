import type { SkipReason } from '../audit/readSource.ts';
import type { ReportSummary } from '../audit/reportSummary.ts';

/**
 * What became of files that the engine or the parser failed on. That a file may not be read, does not fit its patch or is no code is
 * a fact about the file, and that time ran out is what somebody asked for.
 */
const FAILURES: readonly SkipReason[] = ['not scored', 'not parsed'];

/** Whether a file is left out because something failed on it. */
export function isFailure(reason: SkipReason): boolean {
  return FAILURES.includes(reason);
}

/**
 * How many files something failed on, by what became of them, without those of which there are none. Where a scout had looked at a file
 * before the engine failed on it, what the scout said of it stands.
 */
export function failedFiles({
  skipped,
  failures,
}: Pick<ReportSummary, 'skipped' | 'failures'>): readonly (readonly [fate: string, count: number])[] {
  const leftOut = FAILURES.map((reason) => [reason, skipped[reason] ?? 0] as const);
  const scouted = ['judged by another engine alone', scoutedFailures({ skipped, failures })] as const;
  return [...leftOut, scouted].filter(([, count]) => count > 0);
}

/** How many files a scout alone judged because the engine failed on them. */
export function scoutedFailures({ skipped, failures }: Pick<ReportSummary, 'skipped' | 'failures'>): number {
  const byEngine = Object.values(failures).reduce((sum, count) => sum + count, 0);
  return byEngine - (skipped['not scored'] ?? 0);
}
