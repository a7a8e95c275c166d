import { calibrationLine } from '../metrics/calibrationLine.ts';
import { clipProbability } from '../metrics/clipProbability.ts';
import { clusterBootstrap } from '../metrics/clusterBootstrap.ts';
import { corpParts } from '../metrics/corpParts.ts';
import { numberNames } from '../metrics/numberNames.ts';
import { rankScores } from '../metrics/rankScores.ts';
import { reliabilityCurve } from '../metrics/reliabilityCurve.ts';
import { tallyLabels } from '../metrics/tallyLabels.ts';
import type { Standing } from './calibration.ts';
import type { OrderedPrediction } from './predictInOrder.ts';

const SEED = 1;
const REPLICATES = 1000;
const LEVEL = 0.9;

/** Shares of the regions, the likeliest to go well first, whose risk is told. */
const COVERAGES: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * How predictions did that were made before the outcomes were known.
 *
 * @param against what the plain forecast is, in words
 */
export function standingOf(predictions: readonly OrderedPrediction[], against: string): Standing {
  const goods = Uint8Array.from(predictions, ({ good }) => Number(good));
  const tally = tallyLabels(rankScores(Float64Array.from(predictions, ({ p }) => p)), goods);
  return {
    regions: predictions.length,
    commits: new Set(predictions.map(({ commit }) => commit)).size,
    baseRate: predictions.length === 0 ? 0 : goods.reduce((sum, good) => sum + good, 0) / goods.length,
    gainNats: gainOf(predictions),
    against,
    slope: calibrationLine(tally)?.slope ?? null,
    discrimination: corpParts(tally)?.discrimination ?? null,
    reliability: reliabilityCurve(tally, SEED),
    riskAtCoverage: riskAtCoverage(predictions),
  };
}

/** null where there are not two commits, and so nothing to tell how sure it is. */
function gainOf(predictions: readonly OrderedPrediction[]): Standing['gainNats'] {
  const gains = Float64Array.from(predictions, ({ p, plain, good }) => lossNats(plain, good) - lossNats(p, good));
  const groups = numberNames(predictions.map(({ commit }) => commit));
  const [interval] = clusterBootstrap({ groups }, ({ counts }) => [weightedMean(gains, counts)], {
    seed: SEED,
    replicates: REPLICATES,
    level: LEVEL,
  });
  const mean = weightedMean(gains, new Uint32Array(gains.length).fill(1));
  return mean === null || !interval ? null : { mean, ...interval, level: LEVEL };
}

function lossNats(p: number, good: boolean): number {
  const clipped = clipProbability(p);
  return -Math.log(good ? clipped : 1 - clipped);
}

function weightedMean(values: Float64Array, counts: Uint32Array): number | null {
  let [sum, count] = [0, 0];
  for (const [item, value] of values.entries()) {
    sum += value * (counts[item] ?? 0);
    count += counts[item] ?? 0;
  }
  return count === 0 ? null : sum / count;
}

function riskAtCoverage(predictions: readonly OrderedPrediction[]): Standing['riskAtCoverage'] {
  const safestFirst = predictions.toSorted((one, other) => other.p - one.p);
  return COVERAGES.map((coverage) => {
    const taken = safestFirst.slice(0, Math.round(coverage * safestFirst.length));
    const bad = taken.filter(({ good }) => !good).length;
    return { coverage, risk: taken.length === 0 ? 0 : bad / taken.length };
  });
}
