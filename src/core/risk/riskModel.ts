import type { CalibrationKey } from '../words.ts';
import type { FeatureEncoding } from './featureEncoding.ts';

/**
 * The model of risk of one CalibrationKey: plain data, and JSON as it stands. Two parts that agree at every level:
 *
 *     is this region touched?   r = sigma(x . beta)
 *     if so, where?             lambda_i = exp(z_i . gamma) for each leaf and inner gap; Lambda of a node is their sum
 *     risk of a node            r (1 - e^-Lambda(node)) / (1 - e^-Lambda(region))
 *
 * so the risk of the whole is r, and a part never has more than what holds it. "Touched" stands for the opposite of the
 * target's good event, whichever that is.
 *
 * A prior, fitted to public repositories (`fitPrior`), and what a user's outcomes make of it (`updateWithOutcomes`) are
 * both of this type: a prior is the model of a user without outcomes.
 */
export interface RiskModel {
  readonly schemaVersion: 1;
  readonly key: CalibrationKey;
  /** Name of the prior: what it was fitted to. */
  readonly prior: string;
  readonly region: RegionModel;
  /** null: nobody knows where, so each region has one number only. */
  readonly parts: PartModel | null;
  /** The user's, beyond the prior. */
  readonly outcomeCount: number;
  readonly commitCount: number;
}

/** Coefficients of an encoding's columns, in logits, with their covariance. */
export interface RegionModel {
  readonly encoding: FeatureEncoding;
  readonly coefficients: readonly number[];
  /** Row by row. */
  readonly covariance: readonly number[];
  /** By group: the variance of a level's coefficient that has never been seen. */
  readonly unseenVariances: Readonly<Record<string, number>>;
}

/** Coefficients of an encoding's columns for the logarithm of the hazards of leaves and gaps, with their covariance. */
export interface PartModel {
  readonly encoding: FeatureEncoding;
  readonly coefficients: readonly number[];
  /** Row by row. */
  readonly covariance: readonly number[];
}
