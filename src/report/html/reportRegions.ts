import { isJudged, type RegionReference, type Report } from '../../audit/report.ts';
import { expectedChanges, type ExpectedChanges } from '../../core/sums/expectedChanges.ts';
import { meanWithInterval, type MeanOfKnown } from '../../core/sums/meanWithInterval.ts';
import type { Judgement, Target } from '../../core/words.ts';

/** The regions of a report, and what they are summed up by. */
export interface ReportRegions {
  readonly regions: readonly RegionReference[];
  /** What their chances are about; null: none was judged. */
  readonly target: Target | null;
}

export function reportRegions({ files, calibration }: Report): ReportRegions {
  const regions = files
    .filter(isJudged)
    .flatMap((file) => file.assessments.map((assessment) => ({ file, assessment })));
  const judged = regions.find(({ assessment }) => assessment.judgement !== null);
  return { regions, target: judged === undefined ? null : (calibration?.target ?? judged.assessment.target) };
}

/** The judgement of a region, if it is about the target: chances of two events do not add up. */
export function judgementFor({ assessment }: RegionReference, target: Target | null): Judgement | null {
  const isAbout = JSON.stringify(assessment.target) === JSON.stringify(target);
  return isAbout ? assessment.judgement : null;
}

export function changesOf(regions: readonly RegionReference[], target: Target | null): ExpectedChanges {
  return expectedChanges(regions.map((region) => judgementFor(region, target)));
}

/** Mean chance of the good event, with files as groups. */
export function meanChanceOf(regions: readonly RegionReference[], target: Target | null): MeanOfKnown {
  return meanWithInterval(
    regions.map((region) => ({ group: region.file.path, value: judgementFor(region, target)?.p ?? null })),
  );
}

/** Mean surprisal of the tokens of each region, in nats, with files as groups. */
export function meanSurprisalOf(regions: readonly RegionReference[]): MeanOfKnown {
  return meanWithInterval(
    regions.map(({ file, assessment: { evidence } }) => {
      const { totalSurprisal, tokenCount } = evidence.signals;
      const isScored = totalSurprisal !== undefined && tokenCount !== undefined && tokenCount > 0;
      return { group: file.path, value: isScored ? totalSurprisal / tokenCount : null };
    }),
  );
}

/** Tokens of code in a region; 0 where nothing was scored. */
export function tokensOf({ assessment }: RegionReference): number {
  return assessment.evidence.signals.tokenCount ?? 0;
}
