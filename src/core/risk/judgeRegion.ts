import { quadraticForm, dot } from '../linearAlgebra/squareMatrix.ts';
import type { Authors, CalibrationKey, Judgement, Target } from '../words.ts';
import { encodeObservation } from './featureEncoding.ts';
import { logistic } from './fitLogistic.ts';
import type { Observation } from './observation.ts';
import type { RiskModel } from './riskModel.ts';

/** The chance that a region is touched, with an interval for it; all in [0, 1], and low <= risk <= high. */
export interface RegionRisk {
  readonly risk: number;
  readonly low: number;
  readonly high: number;
}

/** Chance that the interval holds the true risk. */
export const INTERVAL_LEVEL = 0.9;

/** Standard normal quantile of (1 + INTERVAL_LEVEL) / 2. */
const QUANTILE = 1.6448536269514722;

/**
 * The chance that a region is touched. With eta = x'b and v = x'Vx, plus the variance of each level that was never seen,
 * the interval is sigma(eta +- 1.645 sqrt(v)) and the risk the mean of sigma over N(eta, v), by MacKay's approximation
 * sigma(eta / sqrt(1 + pi v / 8)). Where that leaves the interval, far out in the tails, the nearer end of it.
 *
 * @returns null where there is no model for the key: a number exists only for the pair of Source and Target that it was
 *   calibrated for
 */
export function judgeRegion(model: RiskModel | null, key: CalibrationKey, region: Observation): RegionRisk | null {
  return model?.key === key ? regionJudge(model)(region) : null;
}

/** The same for many regions, of a model that is the right one. */
export function regionJudge(model: Pick<RiskModel, 'region'>): (region: Observation) => RegionRisk {
  const { encoding, unseenVariances } = model.region;
  const coefficients = Float64Array.from(model.region.coefficients);
  const covariance = Float64Array.from(model.region.covariance);
  return (region) => {
    const { row, unseen } = encodeObservation(encoding, region);
    const logit = dot(row, coefficients);
    const known = Math.max(0, quadraticForm(covariance, row));
    const variance = unseen.reduce((total, { group }) => total + (unseenVariances[group] ?? 0), known);
    const reach = QUANTILE * Math.sqrt(variance);
    const middle = logit / Math.sqrt(1 + (Math.PI * variance) / 8);
    return {
      risk: logistic(Math.min(logit + reach, Math.max(logit - reach, middle))),
      low: logistic(logit - reach),
      high: logistic(logit + reach),
    };
  };
}

/**
 * The same as a judgement, of a region or of a span in it: the chance of the *good* event, and what it rests on.
 *
 * @param target that of the model's CalibrationKey, and the authors too
 */
export function judgementOf(
  { risk, low, high }: RegionRisk,
  model: RiskModel,
  target: Target,
  authors: Authors,
): Judgement {
  const { name, version } = model.region.encoding.schema;
  const { prior, outcomeCount, commitCount } = model;
  return {
    p: 1 - risk,
    low: 1 - high,
    high: 1 - low,
    basis: { target, authors, riskModel: `${name} ${version}`, prior, outcomeCount, commitCount },
  };
}
