import { sigmoid } from './logit.ts';

/** One column of a logistic regression, and how strongly its coefficient is held near `centre`. */
export interface LogisticTerm {
  readonly values: Float64Array;
  /** Costs `ridge / 2 * (coefficient - centre)^2`; above 0. Left out: 1e-6, which decides only what the data leave free. */
  readonly ridge?: number;
  /** Left out: 0. */
  readonly centre?: number;
}

/** A logistic regression: its coefficients, one a term, and what they cost (nats, penalty included). */
export interface LogisticFit {
  readonly coefficients: readonly number[];
  readonly lossNats: number;
}

/** Keeps coefficients finite where data leave them free (labels that a line separates, a constant column). */
const WEAK_RIDGE = 1e-6;

const MAX_STEPS = 200;

/** The constant term. Held far more weakly than the slopes: of columns that are constant as well, it takes all. */
export function levelTerm(count: number): LogisticTerm {
  return { values: new Float64Array(count).fill(1), ridge: 1e-12 };
}

/**
 * Logistic regression of targets on a few terms: minimises the sum over items of the cross-entropy between the target and
 * sigma(sum of coefficient times value), plus the ridges. By Newton's method with steps halved until they gain; the loss
 * is strictly convex, so there is one answer.
 *
 * @param targets chances from 0 to 1, one a row; labels or Platt's smoothed ones
 */
export function fitLogistic(terms: readonly LogisticTerm[], targets: Float64Array): LogisticFit {
  let coefficients = terms.map(({ centre }) => centre ?? 0);
  let lossNats = lossAt(terms, targets, coefficients);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const { gradient, curvature } = slopesAt(terms, targets, coefficients);
    const newton = solve(curvature, gradient);
    const gain = gradient.reduce((sum, slope, index) => sum + slope * (newton[index] ?? 0), 0) / 2;
    if (gain <= 1e-13 * (1 + lossNats)) break;
    let [next, nextLoss] = [coefficients, Infinity];
    for (let share = 1; share > 1e-9 && !(nextLoss < lossNats); share /= 2) {
      next = coefficients.map((coefficient, index) => coefficient - share * (newton[index] ?? 0));
      nextLoss = lossAt(terms, targets, next);
    }
    // No step gains where only rounding is left.
    if (!(nextLoss < lossNats)) break;
    [coefficients, lossNats] = [next, nextLoss];
  }
  return { coefficients, lossNats };
}

function lossAt(terms: readonly LogisticTerm[], targets: Float64Array, coefficients: readonly number[]): number {
  let loss = 0;
  for (const [item, target] of targets.entries()) {
    const logOdds = logOddsOf(terms, coefficients, item);
    // ln(1 + e^x) - target x, without overflow.
    loss += Math.max(0, logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds))) - target * logOdds;
  }
  for (const [index, term] of terms.entries()) {
    loss += (ridgeOf(term) / 2) * offCentre(term, coefficients[index]) ** 2;
  }
  return loss;
}

function slopesAt(
  terms: readonly LogisticTerm[],
  targets: Float64Array,
  coefficients: readonly number[],
): { readonly gradient: readonly number[]; readonly curvature: readonly (readonly number[])[] } {
  const gradient = terms.map((term, index) => ridgeOf(term) * offCentre(term, coefficients[index]));
  const curvature = terms.map((term, row) => terms.map((_, column) => (row === column ? ridgeOf(term) : 0)));
  for (const [item, target] of targets.entries()) {
    const chance = sigmoid(logOddsOf(terms, coefficients, item));
    const spread = chance * (1 - chance);
    for (const [row, term] of terms.entries()) {
      const value = term.values[item] ?? 0;
      gradient[row] = (gradient[row] ?? 0) + (chance - target) * value;
      const line = curvature[row] ?? [];
      for (const [column, other] of terms.entries()) {
        line[column] = (line[column] ?? 0) + spread * value * (other.values[item] ?? 0);
      }
    }
  }
  return { gradient, curvature };
}

function logOddsOf(terms: readonly LogisticTerm[], coefficients: readonly number[], item: number): number {
  let sum = 0;
  for (const [index, { values }] of terms.entries()) sum += (coefficients[index] ?? 0) * (values[item] ?? 0);
  return sum;
}

function ridgeOf({ ridge }: LogisticTerm): number {
  return ridge ?? WEAK_RIDGE;
}

function offCentre({ centre }: LogisticTerm, coefficient: number | undefined): number {
  return (coefficient ?? 0) - (centre ?? 0);
}

/** x with A x = b, A symmetric and positive definite, by elimination: such a matrix needs no pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (const [pivot, pivotRow] of rows.entries()) {
    for (const [index, row] of rows.entries()) {
      if (index === pivot) continue;
      const factor = (row[pivot] ?? 0) / (pivotRow[pivot] ?? 1);
      for (const [column, value] of pivotRow.entries()) row[column] = (row[column] ?? 0) - factor * value;
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}
