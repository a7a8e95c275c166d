import { CandorError } from '../candorError.ts';
import { cholesky, inverseCholesky } from '../linearAlgebra/cholesky.ts';
import {
  addOuterProduct,
  diagonal,
  dot,
  product,
  quadraticForm,
  sandwich,
  sum,
  transform,
} from '../linearAlgebra/squareMatrix.ts';
import { type Design, fitLogistic, logistic } from './fitLogistic.ts';

/** What became of one repository's regions, in numbers. */
export interface RepositoryOutcomes {
  readonly design: Design;
  /** 1: touched. */
  readonly outcomes: Uint8Array;
  readonly weights: Float64Array;
}

/** Which columns are what: the intercept, the features after it, then levels, of which each group has a list. */
export interface ColumnRoles {
  readonly features: number;
  /** Columns of each group of levels. */
  readonly levels: readonly (readonly number[])[];
}

/** How coefficients differ between repositories: those of each are drawn from N(mean, spread). */
export interface BetweenRepositories {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** Covariance of the mean's error. A new repository's coefficients are N(mean, spread + meanError). */
  readonly meanError: Float64Array;
  /** One a group of levels: the variance of a level's coefficient, in a repository, that has never been seen. */
  readonly unseenVariances: readonly number[];
}

/** Standard deviations, in logits, that are believed before any data. A column is in standard deviations of its feature. */
export interface PriorBeliefs {
  /** Of a feature's mean coefficient, around 0: the penalty of the common model. */
  readonly featureSd: number;
  /** How far repositories lie apart: of the intercept (measured: .9), of a feature, of a level. */
  readonly interceptSpread: number;
  readonly featureSpread: number;
  readonly levelSpread: number;
  /** Of the levels' mean coefficients around 0. */
  readonly levelSd: number;
}

export const DEFAULT_BELIEFS: PriorBeliefs = {
  featureSd: 0.5,
  interceptSpread: 0.9,
  featureSpread: 0.3,
  levelSpread: 0.3,
  levelSd: 0.3,
};

/** The mean intercept may lie anywhere. */
const INTERCEPT_VARIANCE = 25;

/** What is believed of a spread counts as much as so many repositories, what is believed of levels as so many levels. */
const BELIEF_WEIGHT = 2;

const MOST_ROUNDS = 200;

/** In logits: a change of the mean, or of a standard deviation, that matters to nobody. */
const TOLERANCE = 1e-3;

/**
 * The mean and spread of coefficients between repositories, by empirical Bayes. For repository k
 *
 *     y | x ~ Bernoulli(sigma(x' b_k)),   b_k ~ N(mean, spread),   mean ~ N(0, T)
 *
 * with T wide for the intercept, `featureSd`^2 for features, and for levels a variance that is learned over the levels of
 * a group (random intercepts). EM with Laplace's approximation of each posterior: b_k has a mean m_k (the mode, corrected for skewness)
 * and a covariance C_k; then
 *
 *     precision of the mean   sum_k S^-1 (S - C_k) S^-1 + T^-1                          (S: the spread)
 *     the mean moves by       meanError (sum_k S^-1 (m_k - mean) - T^-1 mean)
 *     spread                  (nu S_0 + sum_k E (b_k - mean)(b_k - mean)') / (nu + K)
 *
 * where the expectation is over b_k and the mean together, as in restricted maximum likelihood. Repositories are too few
 * for a free covariance of many coefficients: between intercept and features each covariance is multiplied by
 * K / (K + their number), levels are independent and those of a group share one variance. So the spread is positive
 * definite for any number of repositories, and one alone is told apart from the mean only by `nu S_0`.
 *
 * @throws CandorError `bad-call` without repositories, or where a repository's numbers do not fit together
 */
export function betweenRepositories(
  repositories: readonly RepositoryOutcomes[],
  roles: ColumnRoles,
  beliefs: PriorBeliefs = DEFAULT_BELIEFS,
): BetweenRepositories {
  if (repositories.length === 0) {
    throw new CandorError('bad-call', 'No repository is no prior. Give the outcomes of at least one.');
  }
  const believed = believedVariances(roles, beliefs);
  let state: State = {
    mean: new Float64Array(believed.spread.length),
    spread: diagonal(believed.spread),
    meanVariances: believed.mean,
    meanError: diagonal(believed.mean),
    modes: [],
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = refine(state, repositories, roles, believed);
    const moved = change(state, next);
    state = next;
    if (moved < TOLERANCE) break;
  }
  const { mean, spread, meanError, meanVariances } = state;
  const unseenVariances = roles.levels.map((columns) => {
    const column = columns[0];
    if (column === undefined) return beliefs.levelSd ** 2 + beliefs.levelSpread ** 2;
    return (meanVariances[column] ?? 0) + (spread[column * mean.length + column] ?? 0);
  });
  return { mean, spread, meanError, unseenVariances };
}

interface State {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** Diagonal of T. */
  readonly meanVariances: Float64Array;
  readonly meanError: Float64Array;
  /** Of each repository: where the next search begins. */
  readonly modes: readonly Float64Array[];
}

/** Variances by column. */
interface Variances {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
}

function believedVariances({ features, levels }: ColumnRoles, beliefs: PriorBeliefs): Variances {
  const columns = 1 + features + levels.flat().length;
  const variances = (intercept: number, feature: number, level: number): Float64Array =>
    Float64Array.from({ length: columns }, (_, column) =>
      column === 0 ? intercept : column <= features ? feature : level,
    );
  return {
    mean: variances(INTERCEPT_VARIANCE, beliefs.featureSd ** 2, beliefs.levelSd ** 2),
    spread: variances(beliefs.interceptSpread ** 2, beliefs.featureSpread ** 2, beliefs.levelSpread ** 2),
  };
}

/**
 * The mean of a posterior from its mode, by the third derivatives of the loss: where chances are skew, so is the posterior,
 * and modes alone would pull all coefficients towards 0.
 */
function posteriorMean(
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

/** One round of EM. */
function refine(
  state: State,
  repositories: readonly RepositoryOutcomes[],
  roles: ColumnRoles,
  believed: Variances,
): State {
  const size = state.mean.length;
  const precision = inverseOf(state.spread, size);
  const posteriors = repositories.map(({ design, outcomes, weights }, index) => {
    const fit = fitLogistic(design, outcomes, weights, { mean: state.mean, precision }, state.modes[index]);
    const covariance = inverseOf(fit.hessian, size);
    return { mode: fit.coefficients, mean: posteriorMean(design, weights, fit.coefficients, covariance), covariance };
  });

  // The mean: where the derivative of its marginal likelihood is 0.
  const meanPrecision = diagonal(state.meanVariances.map((variance) => 1 / variance));
  const pull = transform(meanPrecision, state.mean).map((value) => -value);
  const information = Float64Array.from(meanPrecision);
  for (const { mean: own, covariance } of posteriors) {
    const known = sandwich(precision, sum(state.spread, covariance, -1), size);
    for (const [at, value] of known.entries()) information[at] = (information[at] ?? 0) + value;
    for (const [at, value] of transform(precision, sum(own, state.mean, -1)).entries())
      pull[at] = (pull[at] ?? 0) + value;
  }
  const meanError = inverseOf(information, size);
  const mean = sum(state.mean, transform(meanError, pull));

  // The spread: what is expected of (b_k - mean)(b_k - mean)'.
  const squares = new Float64Array(size * size);
  const moved = sum(mean, state.mean, -1);
  const identity = diagonal(new Float64Array(size).fill(1));
  for (const { mean: own, covariance } of posteriors) {
    // As the mean moves by a unit, b_k follows by `follows`, and the difference between them changes by the rest.
    const follows = product(covariance, precision, size);
    const rest = sum(identity, follows, -1);
    const shared = product(product(rest, meanError, size), transposed(rest, size), size);
    addOuterProduct(squares, sum(sum(own, transform(follows, moved)), mean, -1), 1);
    for (let at = 0; at < squares.length; at++) {
      squares[at] = (squares[at] ?? 0) + (covariance[at] ?? 0) + (shared[at] ?? 0);
    }
  }
  return {
    mean,
    meanError,
    spread: spreadFrom(squares, repositories.length, roles, believed.spread),
    meanVariances: levelVariances(mean, meanError, roles, believed.mean),
    modes: posteriors.map(({ mode }) => mode),
  };
}

function spreadFrom(
  squares: Float64Array,
  repositories: number,
  { features, levels }: ColumnRoles,
  believed: Float64Array,
): Float64Array {
  const size = believed.length;
  const spread = new Float64Array(squares.length);
  const free = 1 + features;
  const kept = repositories / (repositories + free);
  for (let row = 0; row < free; row++) {
    for (let column = 0; column < free; column++) {
      const at = row * size + column;
      const value = (squares[at] ?? 0) / (BELIEF_WEIGHT + repositories);
      spread[at] =
        row === column
          ? value + (BELIEF_WEIGHT * (believed[row] ?? 0)) / (BELIEF_WEIGHT + repositories)
          : (kept * (value + (squares[column * size + row] ?? 0) / (BELIEF_WEIGHT + repositories))) / 2;
    }
  }
  for (const columns of levels) {
    const total = columns.reduce((all, column) => all + (squares[column * size + column] ?? 0), 0);
    for (const column of columns) {
      const count = repositories * columns.length;
      spread[column * size + column] = (BELIEF_WEIGHT * (believed[column] ?? 0) + total) / (BELIEF_WEIGHT + count);
    }
  }
  return spread;
}

/** How far the levels of a group lie from 0, in the mean of all repositories. */
function levelVariances(
  mean: Float64Array,
  meanError: Float64Array,
  { levels }: ColumnRoles,
  believed: Float64Array,
): Float64Array {
  const variances = Float64Array.from(believed);
  for (const columns of levels) {
    const total = columns.reduce(
      (all, column) => all + (mean[column] ?? 0) ** 2 + (meanError[column * mean.length + column] ?? 0),
      0,
    );
    for (const column of columns) {
      variances[column] = (BELIEF_WEIGHT * (believed[column] ?? 0) + total) / (BELIEF_WEIGHT + columns.length);
    }
  }
  return variances;
}

function change(before: State, after: State): number {
  const size = before.mean.length;
  let most = 0;
  for (let at = 0; at < size; at++) {
    const diagonalAt = at * size + at;
    const deviations = Math.sqrt(after.spread[diagonalAt] ?? 0) - Math.sqrt(before.spread[diagonalAt] ?? 0);
    most = Math.max(most, Math.abs((after.mean[at] ?? 0) - (before.mean[at] ?? 0)), Math.abs(deviations));
  }
  return most;
}

function inverseOf(matrix: Float64Array, size: number): Float64Array {
  const factor = cholesky(matrix, size);
  if (factor === null) {
    throw new CandorError('bad-input', 'The outcomes hold numbers too large to fit. Scale the features.');
  }
  return inverseCholesky(factor, size);
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] ?? 0);
}
