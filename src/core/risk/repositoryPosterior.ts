import { CandorError } from '../candorError.ts';
import { cholesky, inverseCholesky } from '../linearAlgebra/cholesky.ts';
import { dot, quadraticForm, sum, transform } from '../linearAlgebra/squareMatrix.ts';
import { type Design, fitLogistic, logistic, type NormalPrior } from './fitLogistic.ts';

/** What became of one repository's regions, in numbers. */
export interface RepositoryOutcomes {
  readonly design: Design;
  /** 1: touched. */
  readonly outcomes: Uint8Array;
  readonly weights: Float64Array;
}

/** What is known of one repository's coefficients, when the distribution between repositories is given. */
export interface RepositoryPosterior {
  readonly mode: Float64Array;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/**
 * Laplace's approximation of the posterior of a repository's coefficients, its mean one order further.
 *
 * @param start where the search for the mode begins
 * @throws CandorError `bad-call` where numbers do not fit together; `bad-input` where they are too large
 */
export function repositoryPosterior(
  { design, outcomes, weights }: RepositoryOutcomes,
  prior: NormalPrior,
  start?: Float64Array,
): RepositoryPosterior {
  const { coefficients: mode, hessian } = fitLogistic(design, outcomes, weights, prior, start);
  const covariance = inverseOf(hessian);
  return { mode, mean: meanFromMode(design, weights, mode, covariance), covariance };
}

/**
 * The mean of a posterior from its mode, by the third derivatives of the loss: where chances are skew, so is the posterior,
 * and modes alone would pull all coefficients towards 0.
 */
function meanFromMode(
  { values, columns }: Design,
  weights: Float64Array,
  mode: Float64Array,
  covariance: Float64Array,
): Float64Array {
  const skew = new Float64Array(columns);
  for (const [item, weight] of weights.entries()) {
    const row = values.subarray(item * columns, (item + 1) * columns);
    const chance = logistic(dot(row, mode));
    const third = weight * chance * (1 - chance) * (1 - 2 * chance) * quadraticForm(covariance, row);
    for (let column = 0; column < columns; column++) skew[column] = (skew[column] ?? 0) + third * (row[column] ?? 0);
  }
  return sum(mode, transform(covariance, skew), -0.5);
}

/** @throws CandorError `bad-input` where the matrix is not positive definite */
export function inverseOf(matrix: Float64Array): Float64Array {
  const size = Math.sqrt(matrix.length);
  const factor = cholesky(matrix, size);
  if (factor === null) {
    throw new CandorError('bad-input', 'The outcomes hold numbers too large to fit. Scale the features.');
  }
  return inverseCholesky(factor, size);
}
