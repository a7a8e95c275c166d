import { CandorError } from '../candorError.ts';
import { cholesky, solveCholesky } from '../linearAlgebra/cholesky.ts';

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

const MOST_ROUNDS = 100;
const SHORTEST_STEP = 1e-9;

/** Newton's decrement, in nats, below which no step is worth taking. */
const LEAST_DECREMENT = 1e-14;

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
 * @throws CandorError `bad-call` where lengths do not fit or a number is none; `bad-input` where the prior is not proper
 */
export function fitLogistic(
  design: Design,
  outcomes: Uint8Array,
  weights: Float64Array,
  prior: NormalPrior,
): LogisticFit {
  const { values, columns } = design;
  const fits =
    values.length === outcomes.length * columns &&
    weights.length === outcomes.length &&
    prior.mean.length === columns &&
    prior.precision.length === columns ** 2;
  if (!fits || values.some(Number.isNaN) || weights.some((weight) => !(weight >= 0))) {
    throw new CandorError(
      'bad-call',
      'The numbers to fit do not fit together. Give each observation all its features.',
    );
  }
  let coefficients = Float64Array.from(prior.mean);
  let here = lossAt(design, outcomes, weights, prior, coefficients);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const factor = cholesky(here.hessian, columns);
    if (factor === null)
      throw new CandorError('bad-input', 'The prior is not proper. Give every coefficient a variance.');
    const step = solveCholesky(factor, here.gradient);
    const decrement = dot(step, here.gradient);
    if (!(decrement > LEAST_DECREMENT)) break;
    const next = shortened(coefficients, step, (tried, length) => {
      const there = lossAt(design, outcomes, weights, prior, tried);
      return there.loss <= here.loss - (length * decrement) / 4 ? there : null;
    });
    // No step gains what rounding lets one see.
    if (next === null) break;
    [coefficients, here] = next;
  }
  return { coefficients, hessian: here.hessian };
}

/** The first of the steps 1, 1/2, 1/4, ... that gains: a full one may overshoot far from the minimum. null: none does. */
function shortened<Gain>(
  from: Float64Array,
  step: Float64Array,
  gainOf: (to: Float64Array<ArrayBuffer>, length: number) => Gain | null,
): [to: Float64Array<ArrayBuffer>, gain: Gain] | null {
  for (let length = 1; length > SHORTEST_STEP; length /= 2) {
    const to = Float64Array.from(from, (coefficient, index) => coefficient - length * (step[index] ?? 0));
    const gain = gainOf(to, length);
    if (gain !== null) return [to, gain];
  }
  return null;
}

interface Loss {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** The penalised negative log-likelihood, in nats, and its derivatives. */
function lossAt(
  { values, columns }: Design,
  outcomes: Uint8Array,
  weights: Float64Array,
  { mean, precision }: NormalPrior,
  coefficients: Float64Array,
): Loss {
  const gradient = new Float64Array(columns);
  const hessian = Float64Array.from(precision);
  let loss = 0;
  for (let row = 0; row < columns; row++) {
    for (let column = 0; column < columns; column++) {
      const entry = precision[row * columns + column] ?? 0;
      gradient[row] = (gradient[row] ?? 0) + entry * ((coefficients[column] ?? 0) - (mean[column] ?? 0));
    }
    loss += ((gradient[row] ?? 0) * ((coefficients[row] ?? 0) - (mean[row] ?? 0))) / 2;
  }
  for (let item = 0; item < outcomes.length; item++) {
    const weight = weights[item] ?? 0;
    if (weight === 0) continue;
    const start = item * columns;
    let logit = 0;
    for (let column = 0; column < columns; column++)
      logit += (values[start + column] ?? 0) * (coefficients[column] ?? 0);
    const outcome = outcomes[item] ?? 0;
    const chance = logistic(logit);
    loss += weight * softplus(outcome === 1 ? -logit : logit);
    const slope = weight * (chance - outcome);
    const curvature = weight * chance * (1 - chance);
    for (let row = 0; row < columns; row++) {
      const value = values[start + row] ?? 0;
      gradient[row] = (gradient[row] ?? 0) + slope * value;
      for (let column = 0; column <= row; column++) {
        const at = row * columns + column;
        hessian[at] = (hessian[at] ?? 0) + curvature * value * (values[start + column] ?? 0);
      }
    }
  }
  for (let row = 0; row < columns; row++) {
    for (let column = row + 1; column < columns; column++) {
      hessian[row * columns + column] = hessian[column * columns + row] ?? 0;
    }
  }
  return { loss, gradient, hessian };
}

/** 1 / (1 + e^-logit), without overflow. */
export function logistic(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/** ln(1 + e^value), without overflow. */
function softplus(value: number): number {
  return value > 0 ? value + Math.log1p(Math.exp(-value)) : Math.log1p(Math.exp(value));
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (const [index, value] of left.entries()) sum += value * (right[index] ?? 0);
  return sum;
}
