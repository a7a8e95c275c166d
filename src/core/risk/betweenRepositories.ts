import { CandorError } from '../candorError.ts';
import { addOuterProduct, diagonal, product, sandwich, sum, transform } from '../linearAlgebra/squareMatrix.ts';
import {
  inverseOf,
  type RepositoryOutcomes,
  type RepositoryPosterior,
  repositoryPosterior,
} from './repositoryPosterior.ts';

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
 * a group (random intercepts). EM with an approximation of each posterior (`repositoryPosterior`): b_k has mean m_k and
 * covariance C_k; then
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
    return (meanVariances[column] ?? 0) + (spread[column * (mean.length + 1)] ?? 0);
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

/** One round of EM. */
function refine(
  state: State,
  repositories: readonly RepositoryOutcomes[],
  roles: ColumnRoles,
  believed: Variances,
): State {
  const precision = inverseOf(state.spread);
  const posteriors = repositories.map((outcomes, index) =>
    repositoryPosterior(outcomes, { mean: state.mean, precision }, state.modes[index]),
  );
  const { mean, meanError } = refinedMean(state, precision, posteriors);
  const squares = expectedSquares(state, precision, posteriors, mean, meanError);
  return {
    mean,
    meanError,
    spread: refinedSpread(squares, repositories.length, roles, believed.spread),
    meanVariances: refinedMeanVariances(mean, meanError, roles, believed.mean),
    modes: posteriors.map(({ mode }) => mode),
  };
}

/** Where the derivative of the mean's marginal likelihood is 0, one Newton step on. */
function refinedMean(
  { mean, spread, meanVariances }: State,
  precision: Float64Array,
  posteriors: readonly RepositoryPosterior[],
): Pick<State, 'mean' | 'meanError'> {
  const size = mean.length;
  let information: Float64Array = diagonal(meanVariances.map((variance) => 1 / variance));
  let pull: Float64Array = transform(information, mean).map((value) => -value);
  for (const { mean: own, covariance } of posteriors) {
    information = sum(information, sandwich(precision, sum(spread, covariance, -1), size));
    pull = sum(pull, transform(precision, sum(own, mean, -1)));
  }
  const meanError = inverseOf(information);
  return { mean: sum(mean, transform(meanError, pull)), meanError };
}

/** sum_k E (b_k - mean)(b_k - mean)', over both. */
function expectedSquares(
  { mean: before }: State,
  precision: Float64Array,
  posteriors: readonly RepositoryPosterior[],
  mean: Float64Array,
  meanError: Float64Array,
): Float64Array {
  const size = mean.length;
  const moved = sum(mean, before, -1);
  const identity = diagonal(new Float64Array(size).fill(1));
  let squares: Float64Array = new Float64Array(size * size);
  for (const { mean: own, covariance } of posteriors) {
    // As the mean moves by a unit, b_k follows by `follows`, and the difference between them changes by the rest.
    const follows = product(covariance, precision, size);
    const rest = sum(identity, follows, -1);
    const ofMean = product(product(rest, meanError, size), transposed(rest, size), size);
    squares = sum(sum(squares, covariance), ofMean);
    addOuterProduct(squares, sum(sum(own, transform(follows, moved)), mean, -1), 1);
  }
  return squares;
}

function refinedSpread(
  squares: Float64Array,
  repositories: number,
  { features, levels }: ColumnRoles,
  believed: Float64Array,
): Float64Array {
  const size = believed.length;
  const free = 1 + features;
  const spread = new Float64Array(squares.length);
  for (let row = 0; row < free; row++) {
    for (let column = 0; column < free; column++) {
      const at = row * size + column;
      const total = ((squares[at] ?? 0) + (squares[column * size + row] ?? 0)) / 2;
      spread[at] =
        row === column
          ? withBelief(believed[row] ?? 0, total, repositories)
          : (withBelief(0, total, repositories) * repositories) / (repositories + free);
    }
  }
  for (const columns of levels) {
    const total = columns.reduce((all, column) => all + (squares[column * (size + 1)] ?? 0), 0);
    for (const column of columns) {
      spread[column * (size + 1)] = withBelief(believed[column] ?? 0, total, repositories * columns.length);
    }
  }
  return spread;
}

/** T: how far the levels of a group lie from 0 in the mean of all repositories. Of other columns it stays as believed. */
function refinedMeanVariances(
  mean: Float64Array,
  meanError: Float64Array,
  { levels }: ColumnRoles,
  believed: Float64Array,
): Float64Array {
  const variances = Float64Array.from(believed);
  for (const columns of levels) {
    const total = columns.reduce(
      (all, column) => all + (mean[column] ?? 0) ** 2 + (meanError[column * (mean.length + 1)] ?? 0),
      0,
    );
    for (const column of columns) variances[column] = withBelief(believed[column] ?? 0, total, columns.length);
  }
  return variances;
}

/** A variance from a sum of so many squares, and from what was believed of it before. */
function withBelief(believed: number, squares: number, count: number): number {
  return (BELIEF_WEIGHT * believed + squares) / (BELIEF_WEIGHT + count);
}

function change(before: State, after: State): number {
  const size = before.mean.length;
  let most = 0;
  for (let at = 0; at < size; at++) {
    const diagonalAt = at * (size + 1);
    const deviations = Math.sqrt(after.spread[diagonalAt] ?? 0) - Math.sqrt(before.spread[diagonalAt] ?? 0);
    most = Math.max(most, Math.abs((after.mean[at] ?? 0) - (before.mean[at] ?? 0)), Math.abs(deviations));
  }
  return most;
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] ?? 0);
}
