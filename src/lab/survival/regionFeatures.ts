import { CATEGORIES, type Category } from '../../core/words.ts';
import type { SurvivalRecord } from './survivalRecord.ts';

/** Features by name; one that cannot be had is absent. Logarithms are natural. */
export type Features = Readonly<Record<string, number>>;

/** What everybody knows without looking at a token: how long the code is, and how old its file. */
export function baselineFeatures({ context, leaves }: SurvivalRecord): Features {
  return {
    lnLeaves: Math.log(leaves.categories.length),
    lnLines: Math.log(context.lines),
    isNewFile: context.fileAgeDays === 0 ? 1 : 0,
    lnFileAge: Math.log1p(context.fileAgeDays),
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

/** What the code's shape says, without any engine. */
export function shapeFeatures({ context, leaves }: SurvivalRecord): Features {
  const shareOf = (...categories: readonly Category[]): number =>
    leaves.categories.filter((category) => isOf(category, categories)).length / leaves.categories.length;
  return {
    branching: shareOf('decisions', 'iteration', 'exceptions'),
    calling: shareOf('calls'),
    literalShare: shareOf('literals'),
    shareOfUnit: context.shareOfUnit,
    lnFilesOfLanding: Math.log(context.filesOfLanding),
    lnRegionsOfLanding: Math.log(context.regionsOfLanding),
  };
}

/** What one engine's probabilities say. */
export function signalFeatures({ signals, leaves }: SurvivalRecord, engine: string): Features {
  const values = signals[engine] ?? {};
  const surprisals = leaves.surprisalsNats[engine] ?? [];
  const named: Record<string, number | undefined> = {
    meanProbability: values.meanProbability,
    meanLogprob: logOf(values.geometricMeanProbability),
    lnTotalSurprisal: values.totalSurprisal === undefined ? undefined : Math.log1p(values.totalSurprisal),
    minimumLogprob: values.minimumLogprob,
    lowestLogprobs: values.lowestLogprobs,
    highestEntropies: values.highestEntropies,
    surprisalMinusEntropy: values.surprisalMinusEntropy,
    meanLogRank: values.meanLogRank,
    topTwoMargin: values.topTwoMargin,
    meanNegentropy: values.meanNegentropy,
    lowestNegentropies: values.lowestNegentropies,
    seenBefore: values.seenBefore,
    identifierNovelty: noveltyOf(leaves, ['identifiers']),
    relevantSurprisal: relevantSurprisal(leaves.categories, surprisals),
    leafPeak: surprisals.length === 0 ? undefined : Math.log1p(Math.max(...surprisals)),
    linePeak: linePeak(leaves.lines, surprisals),
    backwardConfidence: backwardConfidence(leaves.lines, surprisals),
    callSurprisal: meanIn(leaves.categories, surprisals, ['calls']),
    identifierSurprisal: meanIn(leaves.categories, surprisals, ['identifiers']),
    literalSurprisal: meanIn(leaves.categories, surprisals, ['literals']),
    operatorSurprisal: meanIn(leaves.categories, surprisals, ['operators']),
    decisionSurprisal: meanIn(leaves.categories, surprisals, ['decisions', 'iteration', 'exceptions']),
  };
  return Object.fromEntries(
    Object.entries(named).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

function isOf(category: number, categories: readonly Category[]): boolean {
  const name = CATEGORIES[category];
  return name !== undefined && categories.includes(name);
}

function logOf(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.log(value);
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanIn(
  categories: readonly number[],
  surprisals: readonly number[],
  wanted: readonly Category[],
): number | undefined {
  return meanOf(surprisals.filter((_, leaf) => isOf(categories[leaf] ?? -1, wanted)));
}

/** Share of the leaves of a category that stood nowhere before. */
function noveltyOf({ categories, seen }: SurvivalRecord['leaves'], wanted: readonly Category[]): number | undefined {
  return meanOf(
    seen.flatMap((wasSeen, leaf) => (wasSeen === null || !isOf(categories[leaf] ?? -1, wanted) ? [] : [1 - wasSeen])),
  );
}

/** Punctuation and layout words mean little alone. */
const RELEVANCE_OF_NONE = 0.25;

/** Token SAR (arXiv 2307.01379) with relevance by syntax: mean surprisal of leaves, those of no category at a quarter. */
function relevantSurprisal(categories: readonly number[], surprisals: readonly number[]): number | undefined {
  if (surprisals.length === 0) return undefined;
  let [sum, weights] = [0, 0];
  for (const [leaf, surprisal] of surprisals.entries()) {
    const weight = CATEGORIES[categories[leaf] ?? -1] === undefined ? RELEVANCE_OF_NONE : 1;
    sum += weight * surprisal;
    weights += weight;
  }
  return sum / weights;
}

/** Mean surprisal of each line's leaves, in order. */
function lineMeans(lines: readonly number[], surprisals: readonly number[]): readonly number[] {
  const byLine = Map.groupBy(surprisals.entries(), ([leaf]) => lines[leaf] ?? 0);
  return Array.from(byLine.values(), (entries) => meanOf(entries.map(([, surprisal]) => surprisal)) ?? 0);
}

/** Line entropy (Ray et al., ICSE 2016): the most surprising line. */
function linePeak(lines: readonly number[], surprisals: readonly number[]): number | undefined {
  const means = lineMeans(lines, surprisals);
  return means.length === 0 ? undefined : Math.max(...means);
}

/** Weight of a line itself beside what comes after it. */
const OWN_WEIGHT = 0.5;

/** Backward confidence integration (FineCE, arXiv 2508.12040) over lines, with one line ahead: what the first line then has. */
function backwardConfidence(lines: readonly number[], surprisals: readonly number[]): number | undefined {
  const means = lineMeans(lines, surprisals);
  return means.length === 0
    ? undefined
    : means.reduceRight((after, mean) => OWN_WEIGHT * mean + (1 - OWN_WEIGHT) * after, means.at(-1) ?? 0);
}
