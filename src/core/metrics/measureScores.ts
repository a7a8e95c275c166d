import { auprcOfFailures } from './auprcOfFailures.ts';
import { aurc } from './aurc.ts';
import { auroc } from './auroc.ts';
import { brierScore } from './brierScore.ts';
import { brierSkill } from './brierSkill.ts';
import { equalWidthBins } from './calibrationBins.ts';
import { calibrationLine } from './calibrationLine.ts';
import { clusterBootstrap } from './clusterBootstrap.ts';
import { coarsen } from './coarsen.ts';
import { corpParts, type CorpParts } from './corpParts.ts';
import { coverageAtRisk } from './coverageAtRisk.ts';
import { eceNullPercentile } from './eceNullPercentile.ts';
import { expectedCalibrationError } from './expectedCalibrationError.ts';
import { logLoss } from './logLoss.ts';
import { rankScores } from './rankScores.ts';
import { smoothEce } from './smoothEce.ts';
import { tallyLabels, tallyTotals, type Tally } from './tallyLabels.ts';

/** How good scores are; what cannot be had is absent. */
export interface ScoreMeasures {
  /** Items that have the score. */
  readonly n: number;
  readonly auroc?: number;
  readonly aurocWithin?: number;
  readonly auprcFailures?: number;
  readonly aurc?: number;
  readonly coverageAtRisk: Readonly<Record<string, number>>;
  // Of probabilities only.
  readonly brier?: number;
  readonly skill?: number;
  readonly logLoss?: number;
  readonly slope?: number;
  readonly intercept?: number;
  readonly smoothEce?: number;
  readonly ece?: number;
  readonly eceNull95?: number;
  readonly corp?: CorpParts;
  /** How much lower the log loss is than that of the length alone, on the same items. */
  readonly deltaLogLoss?: number;
  /** By metric: 95 %, by drawing whole groups. */
  readonly interval: Readonly<Record<string, readonly [low: number, high: number]>>;
}

export interface ScoresToMeasure {
  /** Of each item, more is safer. */
  readonly scores: Float64Array;
  /** 1: the good event. */
  readonly labels: Uint8Array;
  /** Number of each item's group. */
  readonly groups: Uint32Array;
  readonly isProbability: boolean;
  /** A probability to compare with, of the same items. */
  readonly against?: Float64Array;
}

const RISKS: readonly number[] = [0.05, 0.1, 0.2];
const SEED = 1;
const REPLICATES = 200;

/** Resamples are measured on scores in so many levels. */
const LEVELS = 4096;

/** So many labels are drawn for the null of the ECE, in not fewer sets than are needed for a percentile. */
const NULL_LABELS = 8_000_000;
const [FEWEST_DRAWS, MOST_DRAWS] = [100, 400];

/** Measures scores, with intervals where there are at least two groups. */
export function measureScores({ scores, labels, groups, isProbability, against }: ScoresToMeasure): ScoreMeasures {
  const ranking = rankScores(scores);
  const others = against && rankScores(against);
  const within = withinGroupAurocs(scores, labels, groups);
  const whole = tallyLabels(ranking, labels);
  const values: Readonly<Record<string, number | null>> = {
    ...orderMetrics(whole),
    aurocWithin: within(new Uint32Array(groups.length).fill(1)),
    ...(isProbability && probabilityMetrics(whole, others && tallyLabels(others, labels))),
  };
  const [coarse, coarseOthers] = [coarsen(ranking, LEVELS), others && coarsen(others, LEVELS)];
  const names = Object.keys(values);
  const intervals = clusterBootstrap(
    { groups },
    ({ counts, groupCounts }) => {
      const tally = tallyLabels(coarse, labels, counts);
      const drawn: Readonly<Record<string, number | null>> = {
        ...orderMetrics(tally),
        aurocWithin: within(groupCounts),
        ...(isProbability && probabilityMetrics(tally, coarseOthers && tallyLabels(coarseOthers, labels, counts))),
      };
      return names.map((name) => drawn[name] ?? null);
    },
    { seed: SEED, replicates: REPLICATES },
  );
  const coverageOf = (risk: number): [string, number][] => {
    const coverage = values[coverageName(risk)] ?? null;
    return coverage === null ? [] : [[String(risk), coverage]];
  };
  const plain = Object.entries(values).filter(
    (entry): entry is [string, number] => entry[1] !== null && !entry[0].startsWith(COVERAGE),
  );
  return {
    n: scores.length,
    ...Object.fromEntries(plain),
    coverageAtRisk: Object.fromEntries(RISKS.flatMap(coverageOf)),
    ...(isProbability && shapeMetrics(whole)),
    interval: Object.fromEntries(
      names.flatMap((name, index) => {
        const interval = intervals[index] ?? null;
        return interval === null ? [] : [[name, [interval.low, interval.high] as const]];
      }),
    ),
  };
}

/**
 * The mean over groups of the AUROC inside, by how often each group counts. Where whole groups are drawn, what is inside stays as it is:
 * so each is measured once.
 */
function withinGroupAurocs(
  scores: Float64Array,
  labels: Uint8Array,
  groups: Uint32Array,
): (groupCounts: Uint32Array) => number | null {
  const members = Map.groupBy(groups.keys(), (item) => groups[item] ?? 0);
  const inside = [...members].flatMap(([group, items]): { group: number; value: number }[] => {
    const ranking = rankScores(Float64Array.from(items, (item) => scores[item] ?? 0));
    const value = auroc(
      tallyLabels(
        ranking,
        Uint8Array.from(items, (item) => labels[item] ?? 0),
      ),
    );
    return value === null ? [] : [{ group, value }];
  });
  return (groupCounts) => {
    let [total, weight] = [0, 0];
    for (const { group, value } of inside) {
      const count = groupCounts[group] ?? 0;
      total += count * value;
      weight += count;
    }
    return weight === 0 ? null : total / weight;
  };
}

const COVERAGE = 'coverageAtRisk';

function coverageName(risk: number): string {
  return `${COVERAGE}${risk}`;
}

function orderMetrics(tally: Tally): Readonly<Record<string, number | null>> {
  return {
    auroc: auroc(tally),
    auprcFailures: auprcOfFailures(tally),
    aurc: aurc(tally),
    ...Object.fromEntries(RISKS.map((risk) => [coverageName(risk), coverageAtRisk(tally, risk)])),
  };
}

function probabilityMetrics(tally: Tally, others: Tally | undefined): Readonly<Record<string, number | null>> {
  const line = calibrationLine(tally);
  const loss = logLoss(tally);
  const otherLoss = others === undefined ? null : logLoss(others);
  return {
    brier: brierScore(tally),
    skill: brierSkill(tally),
    logLoss: loss,
    slope: line?.slope ?? null,
    intercept: line?.intercept ?? null,
    deltaLogLoss: loss === null || otherLoss === null ? null : otherLoss - loss,
  };
}

/** What is measured once: resamples of clusters say little of it. */
function shapeMetrics(tally: Tally): Partial<ScoreMeasures> {
  const bins = equalWidthBins(tally);
  const corp = corpParts(tally);
  const { good, bad } = tallyTotals(tally);
  const draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, Math.floor(NULL_LABELS / (good + bad + 1))));
  const values = {
    smoothEce: smoothEce(tally),
    ece: expectedCalibrationError(tally, bins),
    eceNull95: eceNullPercentile(tally, bins, SEED, { draws }),
  };
  const known = Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== null);
  return { ...Object.fromEntries(known), ...(corp !== null && { corp }) };
}
