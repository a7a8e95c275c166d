import type { RegionEvidence } from '../../core/risk/regionEvidence.ts';
import type { Features } from '../../core/risk/regionFeatures.ts';
import type { SurvivalRecord } from './survivalRecord.ts';

/** What was known of a region when it landed, as one engine saw it; by an engine that did not score it, its shape alone. */
export function evidenceOf(
  { language, kind, context, signals, leaves }: SurvivalRecord,
  engine: string,
): RegionEvidence {
  const { categories, seen, lines, surprisalsNats } = leaves;
  return {
    language,
    kind,
    lines: context.lines,
    shareOfUnit: context.shareOfUnit,
    signals: signals[engine] ?? {},
    leaves: { categories, seen, lines, surprisalsNats: surprisalsNats[engine] ?? [] },
  };
}

/** How old the file was. */
export function fileAgeFeatures({ context }: SurvivalRecord): Features {
  return { isNewFile: context.fileAgeDays === 0 ? 1 : 0, lnFileAge: Math.log1p(context.fileAgeDays) };
}

/** How large the landing was that brought the region. */
export function landingFeatures({ context }: SurvivalRecord): Features {
  return {
    lnFilesOfLanding: Math.log(context.filesOfLanding),
    lnRegionsOfLanding: Math.log(context.regionsOfLanding),
  };
}

/** How much went on around the code before it landed. */
export function churnFeatures({ context }: SurvivalRecord): Features {
  return {
    lnFileCommits: Math.log1p(context.fileCommits90Days),
    lnFileAuthors: Math.log1p(context.fileAuthors90Days),
    lnFileFixes: Math.log1p(context.fileFixes180Days),
    lnRepositoryCommits: Math.log1p(context.repositoryCommits90Days),
  };
}
