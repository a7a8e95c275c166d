import { CandorError } from '../candorError.ts';

/** The eigenvalues of a symmetric matrix, and a vector for each. */
export interface SymmetricEigen {
  /** Rising. */
  readonly values: Float64Array;
  /** The vector of each value, in their order: of length 1, at right angles to the others, of either sign. */
  readonly vectors: readonly Float64Array[];
}

/** The digits double with each sweep near the end: six to ten sweeps are usual. */
const MOST_SWEEPS = 60;

/** What couples two axes less than this, where the largest number of the matrix is 1, moves no value. */
const LEAST_COUPLING = 1e-20;

/**
 * All eigenvalues and eigenvectors of a symmetric n x n matrix A, by cyclic Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, 8.5): each sweep turns every pair of axes so that what couples them vanishes, until nothing does. O(n^3) a
 * sweep, so for matrices of some hundred rows at most. Accurate to rounding, also for values that come several times; the
 * vectors of such a value are some basis of their space.
 *
 * @param matrix row by row; only its lower half is read
 * @throws CandorError `bad-call` where the array does not fit the size, or holds a number that is not finite
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  if (matrix.length !== size * size || !matrix.every(Number.isFinite)) {
    throw new CandorError('bad-call', 'A matrix has size times size finite numbers: give all of them.');
  }
  // By the largest number, so that squares neither overflow nor vanish.
  const scale = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const rows = Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (__, column) => {
      const [high, low] = [Math.max(row, column), Math.min(row, column)];
      return (matrix[high * size + low] ?? 0) / scale;
    }),
  );
  const axes = rows.map((_, row) => Float64Array.from(rows, (__, column) => (row === column ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS && rotateAll(rows, axes); sweep++);
  const values = rows.map((row, index) => (row[index] ?? 0) * scale);
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return {
    values: Float64Array.from(order, (index) => values[index] ?? 0),
    vectors: order.map((index) => axes[index] ?? new Float64Array()),
  };
}

/** One sweep over all pairs. Whether any of them was coupled. */
function rotateAll(rows: readonly Float64Array[], axes: readonly Float64Array[]): boolean {
  let isCoupled = false;
  for (const [first, firstRow] of rows.entries()) {
    for (let second = first + 1; second < rows.length; second++) {
      const coupling = firstRow[second] ?? 0;
      const secondRow = rows[second];
      if (secondRow === undefined || Math.abs(coupling) <= LEAST_COUPLING) continue;
      isCoupled = true;
      rotate(rows, axes, first, second, tangentOf(firstRow[first] ?? 0, secondRow[second] ?? 0, coupling));
      // What rounding left of it.
      firstRow[second] = 0;
      secondRow[first] = 0;
    }
  }
  return isCoupled;
}

/** The tangent of the smaller of the two angles that uncouple a pair of axes. */
function tangentOf(low: number, high: number, coupling: number): number {
  const cotangentOfTwice = (high - low) / (2 * coupling);
  const sign = cotangentOfTwice < 0 ? -1 : 1;
  return sign / (Math.abs(cotangentOfTwice) + Math.hypot(1, cotangentOfTwice));
}

/** Turns two axes against each other: the rows and columns of the matrix, and the axes' own coordinates. */
function rotate(
  rows: readonly Float64Array[],
  axes: readonly Float64Array[],
  first: number,
  second: number,
  tangent: number,
): void {
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  for (const row of rows) turn(row, first, row, second, cosine, sine);
  const [firstRow, secondRow, firstAxis, secondAxis] = [rows[first], rows[second], axes[first], axes[second]];
  for (let column = 0; column < rows.length; column++) {
    if (firstRow && secondRow) turn(firstRow, column, secondRow, column, cosine, sine);
    if (firstAxis && secondAxis) turn(firstAxis, column, secondAxis, column, cosine, sine);
  }
}

function turn(
  left: Float64Array,
  leftAt: number,
  right: Float64Array,
  rightAt: number,
  cosine: number,
  sine: number,
): void {
  const [leftValue, rightValue] = [left[leftAt] ?? 0, right[rightAt] ?? 0];
  left[leftAt] = cosine * leftValue - sine * rightValue;
  right[rightAt] = sine * leftValue + cosine * rightValue;
}
