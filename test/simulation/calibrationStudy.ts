import type { SeededRandom } from '../../src/core/seededRandom.ts';
import { fitBeta } from '../../src/lab/classics/fitBeta.ts';
import { fitHistogram } from '../../src/lab/classics/fitHistogram.ts';
import { fitIsotonic } from '../../src/lab/classics/fitIsotonic.ts';
import { fitPlatt, fitRidgePlatt } from '../../src/lab/classics/fitPlatt.ts';
import { fitTemperature } from '../../src/lab/classics/fitTemperature.ts';
import { fitVennAbers } from '../../src/lab/classics/fitVennAbers.ts';
import { sigmoid } from '../../src/lab/classics/logit.ts';
import { drawItems, logOddsGrid, type Population } from './population.ts';

/** The maps on trial, in the order of the table. */
export const MAP_NAMES = [
  'raw',
  'base rate',
  'temperature',
  'histogram',
  'Platt',
  'ridge-Platt',
  'beta',
  'isotonic',
  'Venn-Abers',
  'ridge and VA',
] as const;
export type MapName = (typeof MAP_NAMES)[number];

/** How far a map's chances p lie from the true ones P, in expectation over new scores. */
export interface MapError {
  /** E (p - P)^2: what the map's Brier score has above that of the truth. */
  readonly excessBrier: number;
  /** Standard error of that, over runs. */
  readonly standardError: number;
  /** E -(P ln p + (1 - P) ln(1 - p)), p clipped to [1e-4, 1 - 1e-4]; nats. */
  readonly logLossNats: number;
  /** E |p - P|. */
  readonly absoluteError: number;
}

/** What `runs` data sets of `count` items gave. */
export interface CalibrationCell {
  readonly errors: Readonly<Record<MapName, MapError>>;
  /** Mean p1 - p0 of Venn-Abers over runs and new scores. */
  readonly vennAbersWidth: number;
  /** How often p0 <= P <= p1: no promise of Venn-Abers, and not kept. */
  readonly vennAbersCoverage: number;
}

const CLIP = 1e-4;

/**
 * Fits every map to the same data sets, and measures each against the truth over the whole population (a sum over a grid,
 * so that the only noise is that of the data sets).
 */
export function studyCalibration(
  population: Population,
  count: number,
  runs: number,
  random: SeededRandom,
): CalibrationCell {
  const grid = logOddsGrid(300).map(({ logOdds, weight }) => ({
    score: sigmoid(logOdds),
    truth: population.chanceAt(logOdds),
    weight,
  }));
  const tallies = MAP_NAMES.map((name) => ({ name, brier: [] as number[], logLoss: 0, absolute: 0 }));
  let [width, covered] = [0, 0];
  for (let run = 0; run < runs; run += 1) {
    const { scores, labels } = drawItems(population, count, random);
    const predictors = fitAll(scores, labels);
    const sums = new Map(MAP_NAMES.map((name) => [name, { brier: 0, logLoss: 0, absolute: 0 }]));
    for (const { score, truth, weight } of grid) {
      const { chances, p0, p1 } = predictors(score);
      width += (weight * (p1 - p0)) / runs;
      if (p0 <= truth && truth <= p1) covered += weight / runs;
      for (const name of MAP_NAMES) {
        const chance = chances[name];
        const clipped = Math.min(1 - CLIP, Math.max(CLIP, chance));
        const sum = sums.get(name)!;
        sum.brier += weight * (chance - truth) ** 2;
        sum.logLoss -= weight * (truth * Math.log(clipped) + (1 - truth) * Math.log(1 - clipped));
        sum.absolute += weight * Math.abs(chance - truth);
      }
    }
    for (const tally of tallies) {
      const sum = sums.get(tally.name)!;
      tally.brier.push(sum.brier);
      tally.logLoss += sum.logLoss / runs;
      tally.absolute += sum.absolute / runs;
    }
  }
  const errors = tallies.map(({ name, brier, logLoss, absolute }) => {
    const mean = brier.reduce((sum, value) => sum + value, 0) / runs;
    const variance = brier.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs - 1);
    const standardError = Math.sqrt(variance / runs);
    return [name, { excessBrier: mean, standardError, logLossNats: logLoss, absoluteError: absolute }] as const;
  });
  return {
    errors: Object.fromEntries(errors) as Record<MapName, MapError>,
    vennAbersWidth: width,
    vennAbersCoverage: covered,
  };
}

interface Answer {
  readonly chances: Readonly<Record<MapName, number>>;
  readonly p0: number;
  readonly p1: number;
}

function fitAll(scores: Float64Array, labels: Uint8Array): (score: number) => Answer {
  const baseRate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const temperature = fitTemperature(scores, labels);
  const histogram = fitHistogram(scores, labels);
  const platt = fitPlatt(scores, labels);
  const ridgePlatt = fitRidgePlatt(scores, labels);
  const beta = fitBeta(scores, labels);
  const isotonic = fitIsotonic(scores, labels);
  const vennAbers = fitVennAbers(scores, labels);
  return (score) => {
    const { p0, p1, point } = vennAbers(score);
    return {
      chances: {
        raw: score,
        'base rate': baseRate,
        temperature: temperature(score),
        histogram: histogram(score),
        Platt: platt(score),
        'ridge-Platt': ridgePlatt(score),
        beta: beta(score),
        isotonic: isotonic(score),
        'Venn-Abers': point,
        'ridge and VA': (ridgePlatt(score) + point) / 2,
      },
      p0,
      p1,
    };
  };
}
