import { CATEGORIES, type Category } from '../words.ts';
import type { LeafEvidence, RegionEvidence } from './regionEvidence.ts';

/** Features by name; one that cannot be had is absent. Logarithms are natural. */
export type Features = Readonly<Record<string, number>>;

/** How long the code is: what any better evidence stands beside. */
export function sizeFeatures({ lines, leaves }: RegionEvidence): Features {
  return { lnLeaves: Math.log(leaves.categories.length), lnLines: Math.log(lines) };
}

/** What the code's shape says, without any engine. */
export function shapeFeatures({ shareOfUnit, leaves: { categories } }: RegionEvidence): Features {
  const countOf = (...wanted: readonly Category[]): number =>
    categories.filter((category) => isOf(category, wanted)).length;
  const branches = countOf('decisions', 'iteration', 'exceptions');
  return {
    branching: branches / categories.length,
    // One more than the branches is McCabe's complexity (IEEE TSE 1976), of what the grammars call branches.
    lnComplexity: Math.log1p(branches),
    calling: countOf('calls') / categories.length,
    literalShare: countOf('literals') / categories.length,
    shareOfUnit,
  };
}

/** What an engine's probabilities say. */
export function signalFeatures({ signals, leaves }: RegionEvidence): Features {
  const { categories, surprisalsNats } = leaves;
  const means = lineMeans(leaves);
  const named: Record<string, number | undefined> = {
    meanProbability: signals.meanProbability,
    meanLogprob: logOf(signals.geometricMeanProbability),
    lnTotalSurprisal: signals.totalSurprisal === undefined ? undefined : Math.log1p(signals.totalSurprisal),
    minimumLogprob: signals.minimumLogprob,
    lowestLogprobs: signals.lowestLogprobs,
    highestEntropies: signals.highestEntropies,
    surprisalMinusEntropy: signals.surprisalMinusEntropy,
    meanLogRank: signals.meanLogRank,
    topTwoMargin: signals.topTwoMargin,
    meanNegentropy: signals.meanNegentropy,
    lowestNegentropies: signals.lowestNegentropies,
    seenBefore: signals.seenBefore,
    identifierNovelty: noveltyOf(leaves, ['identifiers']),
    relevantSurprisal: relevantSurprisal(categories, surprisalsNats),
    leafPeak: surprisalsNats.length === 0 ? undefined : Math.log1p(Math.max(...surprisalsNats)),
    linePeak: linePeak(means),
    backwardConfidence: backwardConfidence(means),
    callSurprisal: meanIn(categories, surprisalsNats, ['calls']),
    identifierSurprisal: meanIn(categories, surprisalsNats, ['identifiers']),
    literalSurprisal: meanIn(categories, surprisalsNats, ['literals']),
    operatorSurprisal: meanIn(categories, surprisalsNats, ['operators']),
    decisionSurprisal: meanIn(categories, surprisalsNats, ['decisions', 'iteration', 'exceptions']),
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
function noveltyOf({ categories, seen }: LeafEvidence, wanted: readonly Category[]): number | undefined {
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

/** Mean surprisal of each line's leaves, which follow each other. */
function lineMeans({ lines, surprisalsNats }: LeafEvidence): readonly number[] {
  const means: number[] = [];
  for (let leaf = 0; leaf < surprisalsNats.length;) {
    const line = lines[leaf];
    const first = leaf;
    let sum = 0;
    for (; leaf < surprisalsNats.length && lines[leaf] === line; leaf++) sum += surprisalsNats[leaf] ?? 0;
    means.push(sum / (leaf - first));
  }
  return means;
}

/** Line entropy (Ray et al., ICSE 2016): the most surprising line. */
function linePeak(means: readonly number[]): number | undefined {
  return means.length === 0 ? undefined : Math.max(...means);
}

/** Weight of a line itself beside what comes after it. */
const OWN_WEIGHT = 0.5;

/** Backward confidence integration (FineCE, arXiv 2508.12040) over lines, with one line ahead: what the first line then has. */
function backwardConfidence(means: readonly number[]): number | undefined {
  return means.length === 0
    ? undefined
    : means.reduceRight((after, mean) => OWN_WEIGHT * mean + (1 - OWN_WEIGHT) * after, means.at(-1) ?? 0);
}
