import { fitLogistic, logistic, type NormalPrior } from '../../core/risk/fitLogistic.ts';
import type { Features } from '../../core/risk/regionFeatures.ts';

/** A region in numbers: its features, what it is among (language, kind), and whether it went well. */
export interface FeatureRow {
  readonly repository: string;
  readonly features: Features;
  /** Each gets an intercept of its own, drawn towards none. */
  readonly levels: readonly string[];
  readonly label: 0 | 1;
}

export interface FeatureChoice {
  readonly names: readonly string[];
  readonly hasLevels: boolean;
  /** Inverse variance of the coefficients of standardised features; at least 0. */
  readonly precision: number;
}

/** The chance that a region goes well. */
export type FeatureModel = (row: Pick<FeatureRow, 'features' | 'levels'>) => number;

/** An intercept is hardly drawn anywhere. */
const INTERCEPT_PRECISION = 0.01;

/** Languages and kinds differ by half a logit or so. */
const LEVEL_PRECISION = 4;

/**
 * Fits a penalised logistic regression on features, each standardised by the mean and the deviation in the rows. A feature that a row
 * lacks counts as the mean.
 */
export function fitFeatureModel(rows: readonly FeatureRow[], choice: FeatureChoice): FeatureModel {
  const scales = choice.names.map((name) => scaleOf(rows, name));
  const levels = choice.hasLevels ? [...new Set(rows.flatMap((row) => row.levels))].sort() : [];
  const columns = 1 + scales.length + levels.length;
  const write = (row: Pick<FeatureRow, 'features' | 'levels'>, into: Float64Array, start: number): void => {
    into[start] = 1;
    for (const [index, { name, mean, deviation }] of scales.entries()) {
      const value = row.features[name];
      into[start + 1 + index] = value === undefined ? 0 : (value - mean) / deviation;
    }
    for (const [index, level] of levels.entries())
      into[start + 1 + scales.length + index] = row.levels.includes(level) ? 1 : 0;
  };
  const values = new Float64Array(rows.length * columns);
  for (const [index, row] of rows.entries()) write(row, values, index * columns);
  const precisions = [
    INTERCEPT_PRECISION,
    ...scales.map(() => choice.precision),
    ...levels.map(() => Math.max(LEVEL_PRECISION, choice.precision)),
  ];
  const { coefficients } = fitLogistic(
    { values, columns },
    Uint8Array.from(rows, ({ label }) => label),
    new Float64Array(rows.length).fill(1),
    diagonalPrior(precisions),
  );
  const numbers = new Float64Array(columns);
  return (row) => {
    write(row, numbers, 0);
    return logistic(numbers.reduce((sum, value, column) => sum + value * (coefficients[column] ?? 0), 0));
  };
}

interface Scale {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

function scaleOf(rows: readonly FeatureRow[], name: string): Scale {
  const values = rows.map(({ features }) => features[name]).filter((value) => value !== undefined);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  // A feature that is the same everywhere says nothing, and stays 0.
  return { name, mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
}

function diagonalPrior(precisions: readonly number[]): NormalPrior {
  const size = precisions.length;
  const precision = new Float64Array(size * size);
  for (const [index, value] of precisions.entries()) precision[index * (size + 1)] = value;
  return { mean: new Float64Array(size), precision };
}

/** Probabilities are taken as no nearer to 0 and 1 than this, so that one miss does not decide a comparison. */
const CLIP = 0.001;

/** Log loss of a chance, in nats. */
export function logLossNats(chance: number, label: 0 | 1): number {
  const clipped = Math.min(1 - CLIP, Math.max(CLIP, chance));
  return -Math.log(label === 1 ? clipped : 1 - clipped);
}
