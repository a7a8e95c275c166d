import { isJudged, type RegionReference, type Report } from '../../audit/report.ts';
import { expectedChanges, type ExpectedChanges } from '../../core/sums/expectedChanges.ts';
import { meanWithInterval, type MeanOfKnown } from '../../core/sums/meanWithInterval.ts';
import type { Judgement, Target } from '../../core/words.ts';
import { countBy } from '../countBy.ts';

/** The regions of a report, and what they are summed up by. */
export interface ReportRegions {
  /**
   * Name of the engine that read most regions: what is averaged is averaged over its. Where a scout looked at everything and the
   * report's engine read the riskiest, these alone would be no fair sample.
   */
  readonly engine: string;
  readonly regions: readonly RegionReference[];
  /** What their chances are about; null: none was judged. */
  readonly target: Target | null;
}

export function reportRegions({ source, files, calibration }: Report): ReportRegions {
  const regions = files
    .filter(isJudged)
    .flatMap((file) => file.assessments.map((assessment) => ({ file, assessment })));
  const counts = Object.entries(countBy(regions, ({ assessment }) => assessment.source.engine));
  const [[engine] = [source.engine]] = counts.sort(([, one], [, other]) => other - one);
  const judged = regions.find(({ assessment }) => assessment.judgement !== null);
  return {
    engine,
    regions,
    target: judged === undefined ? null : (calibration?.target ?? judged.assessment.target),
  };
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

/** Mean surprisal of the tokens of each region, in nats, with files as groups; what another engine read is left out of it. */
export function meanSurprisalOf(regions: readonly RegionReference[], engine: string): MeanOfKnown {
  return meanWithInterval(
    regions.map(({ file, assessment: { source, evidence } }) => {
      const { totalSurprisal, tokenCount } = evidence.signals;
      const isScored =
        source.engine === engine && totalSurprisal !== undefined && tokenCount !== undefined && tokenCount > 0;
      return { group: file.path, value: isScored ? totalSurprisal / tokenCount : null };
    }),
  );
}

/** Tokens of code in a region; 0 where nothing was scored. */
export function tokensOf({ assessment }: RegionReference): number {
  return assessment.evidence.signals.tokenCount ?? 0;
}
