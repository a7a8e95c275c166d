import { CandorError } from '../candorError.ts';
import { cholesky } from '../linearAlgebra/cholesky.ts';
import { type Derivatives, newtonMinimum } from '../linearAlgebra/newtonMinimum.ts';
import { addDerivatives, dot, mirrorLowerHalf, sum, transform } from '../linearAlgebra/squareMatrix.ts';

/** Rows of numbers, one an observation, all of the same length, one after the other. */
export interface Design {
  readonly values: Float64Array;
  readonly columns: number;
}

/** A normal prior of coefficients. */
export interface NormalPrior {
  readonly mean: Float64Array;
  /** Inverse of the covariance, row by row. */
  readonly precision: Float64Array;
}

/** The mode of the posterior, and how sharp it is there. */
export interface LogisticFit {
  readonly coefficients: Float64Array;
  /** Second derivatives of the penalised negative log-likelihood at the mode, row by row: the prior's precision included. */
  readonly hessian: Float64Array;
}

/**
 * Penalised logistic regression by Newton's method with exact derivatives: the coefficients that are likeliest a posteriori,
 *
 *     argmin  -sum w ln P(y | x)  +  (b - mean)' precision (b - mean) / 2,      P(1 | x) = 1 / (1 + e^-x'b)
 *
 * With a prior that is proper in every direction the minimum exists and is one, whatever the data: separated outcomes and
 * collinear columns are no trouble.
 *
 * @param outcomes 1 for the event whose chance is modelled
 * @param weights at least 0, one an observation
 * @param start where to begin; it changes only how long the search takes
 * @throws CandorError `bad-call` where lengths do not fit or a number is none; `bad-input` where the prior is not proper
 */
export function fitLogistic(
  design: Design,
  outcomes: Uint8Array,
  weights: Float64Array,
  prior: NormalPrior,
  start: Float64Array = prior.mean,
): LogisticFit {
  const { values, columns } = design;
  const fits =
    values.length === outcomes.length * columns &&
    weights.length === outcomes.length &&
    prior.mean.length === columns &&
    prior.precision.length === columns ** 2 &&
    start.length === columns;
  if (!fits || values.some(Number.isNaN) || weights.some((weight) => !(weight >= 0))) {
    throw new CandorError(
      'bad-call',
      'The numbers to fit do not fit together. Give each observation all its features.',
    );
  }
  const minimum =
    cholesky(prior.precision, columns) &&
    newtonMinimum((coefficients) => logisticLoss(design, outcomes, weights, prior, coefficients), start);
  if (minimum === null)
    throw new CandorError('bad-input', 'The prior is not proper. Give every coefficient a variance.');
  return { coefficients: minimum.point, hessian: minimum.hessian };
}

/** The penalised negative log-likelihood, in nats, and its derivatives. */
export function logisticLoss(
  { values, columns }: Design,
  outcomes: Uint8Array,
  weights: Float64Array,
  { mean, precision }: NormalPrior,
  coefficients: Float64Array,
): Derivatives {
  const offset = sum(coefficients, mean, -1);
  const gradient = transform(precision, offset);
  const hessian = Float64Array.from(precision);
  let value = dot(gradient, offset) / 2;
  for (const [item, outcome] of outcomes.entries()) {
    const weight = weights[item] ?? 0;
    if (weight === 0) continue;
    const row = values.subarray(item * columns, (item + 1) * columns);
    const logit = dot(row, coefficients);
    const chance = logistic(logit);
    value += weight * softplus(outcome === 1 ? -logit : logit);
    addDerivatives(gradient, hessian, row, weight * (chance - outcome), weight * chance * (1 - chance));
  }
  mirrorLowerHalf(hessian, columns);
  return { value, gradient, hessian };
}

/** 1 / (1 + e^-logit), without overflow. */
export function logistic(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** ln(1 + e^value), without overflow. */
function softplus(value: number): number {
  return value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
}
