import { judgedFiles, type JudgedFile, type RegionReference, type Report } from '../../audit/report.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import { readingOrder } from '../../core/readingOrder.ts';
import type { TalliedText } from '../../core/sums/categoryScoreboard.ts';
import { expectedChanges, type ExpectedChanges } from '../../core/sums/expectedChanges.ts';
import { meanWithInterval, type MeanOfKnown } from '../../core/sums/meanWithInterval.ts';
import type { Judgement, Source, Target } from '../../core/words.ts';
import { countBy } from '../countBy.ts';
import { modelKey } from './modelKey.ts';

/** A region that is summed up. */
export interface SummedRegion extends RegionReference {
  /** Who judged it (`modelKey`). */
  readonly model: string;
  /** Where it begins, from 0. */
  readonly line: number;
}

/** The regions of a report, and what they are summed up by. */
export interface ReportRegions {
  /**
   * Who read most regions: what is averaged is averaged over its. Where a scout looked at everything and the report's engine read
   * the riskiest, these alone would be no fair sample.
   */
  readonly source: Source;
  readonly regions: readonly SummedRegion[];
  /** How sure each model was of each kind of syntax, file by file. */
  readonly categories: readonly (TalliedText & { readonly model: string })[];
  /** What to look at first, with the files' texts and the regions' spans. */
  readonly first: readonly RegionReference[];
  /** What their chances are about; null: none was judged. */
  readonly target: Target | null;
}

/** Where a report names no regions to look at first, so many are looked for. */
const FIRST_REGIONS = 20;

/** Goes through the files of a report, once. */
export function reportRegions({ source, files, calibration, riskiest }: Report): ReportRegions {
  const regions: SummedRegion[] = [];
  const categories: (TalliedText & { readonly model: string })[] = [];
  const inOrder = readingOrder(source.engine);
  const sources = new Map([[modelKey(source), source]]);
  let first = riskiest;
  for (const file of judgedFiles(files)) {
    for (const { source: own } of file.assessments) sources.set(modelKey(own), own);
    regions.push(...regionsOf(file));
    categories.push(...talliesOf(file));
    if (riskiest.length === 0) {
      const scored = file.assessments.filter(({ unscored }) => unscored === undefined);
      const all = [...first, ...scored.map((assessment) => ({ file, assessment }))];
      first = all.sort((one, other) => inOrder(one.assessment, other.assessment)).slice(0, FIRST_REGIONS);
    }
  }
  const counts = Object.entries(countBy(regions, ({ model }) => model));
  const [[most] = [modelKey(source)]] = counts.sort(([, one], [, other]) => other - one);
  const judged = regions.find(({ assessment }) => assessment.judgement !== null);
  return {
    source: sources.get(most) ?? source,
    regions,
    categories,
    first,
    target: judged === undefined ? null : (calibration?.target ?? judged.assessment.target),
  };
}

/** The regions of a file, without the spans and the texts that no sum is about: there may be very many. */
function regionsOf({ assessments, ...file }: JudgedFile): readonly SummedRegion[] {
  const known: JudgedFile = { ...file, lines: lineIndexOf(''), categories: [], assessments: [] };
  return assessments.map((assessment) => ({
    file: known,
    assessment: { ...assessment, spans: [] },
    model: modelKey(assessment.source),
    line: positionAt(file.lines, assessment.region.start).line,
  }));
}

function talliesOf({ path, language, categories }: JudgedFile): ReportRegions['categories'] {
  return categories.map(({ source, categories: tallies, leftOut }) => ({
    model: modelKey(source),
    language: language ?? 'no grammar',
    group: path,
    categories: tallies,
    leftOut,
  }));
}

/** The judgement of a region, if it is about the target: chances of two events do not add up. */
export function judgementFor({ assessment }: RegionReference, target: Target | null): Judgement | null {
  const isAbout = JSON.stringify(assessment.target) === JSON.stringify(target);
  return isAbout ? assessment.judgement : null;
}

/** How many changes to expect. Chances of one event add up, whoever gave them: nothing is averaged here. */
export function changesOf(regions: readonly RegionReference[], target: Target | null): ExpectedChanges {
  return expectedChanges(regions.map((region) => judgementFor(region, target)));
}

/** Mean chance of the good event, with files as groups; what another model judged is left out of it. */
export function meanChanceOf(regions: readonly SummedRegion[], target: Target | null, model: string): MeanOfKnown {
  return meanWithInterval(
    regions.map((region) => ({
      group: region.file.path,
      value: region.model === model ? (judgementFor(region, target)?.p ?? null) : null,
    })),
  );
}

/** Mean surprisal of the tokens of each region, in nats, with files as groups; what another model read is left out of it. */
export function meanSurprisalOf(regions: readonly SummedRegion[], model: string): MeanOfKnown {
  return meanWithInterval(
    regions.map(({ file, model: own, assessment: { evidence } }) => {
      const { totalSurprisal, tokenCount } = evidence.signals;
      const isScored = own === model && totalSurprisal !== undefined && tokenCount !== undefined && tokenCount > 0;
      return { group: file.path, value: isScored ? totalSurprisal / tokenCount : null };
    }),
  );
}

/** Tokens of code in a region; 0 where nothing was scored. */
export function tokensOf({ assessment }: RegionReference): number {
  return assessment.evidence.signals.tokenCount ?? 0;
}
