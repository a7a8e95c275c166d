/**
 * Square matrices as flat arrays, row by row, and vectors: the few operations that the models of risk need. Sizes are not
 * checked; whoever takes numbers from outside does.
 */

/** Adds factor v v' to a matrix; a symmetric one stays so to the last bit. */
export function addOuterProduct(matrix: Float64Array, vector: Float64Array, factor: number): void {
  const size = vector.length;
  for (const [row, value] of vector.entries()) {
    if (value === 0) continue;
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      matrix[at] = (matrix[at] ?? 0) + factor * (value * (vector[column] ?? 0));
    }
  }
}

/** A + factor B. */
export function sum(left: Float64Array, right: Float64Array, factor = 1): Float64Array {
  return left.map((value, at) => value + factor * (right[at] ?? 0));
}

/** A B. */
export function product(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const factor = left[row * size + inner] ?? 0;
      if (factor === 0) continue;
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        result[at] = (result[at] ?? 0) + factor * (right[inner * size + column] ?? 0);
      }
    }
  }
  return result;
}

/** A v. */
export function transform(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => dot(matrix.subarray(row * size, (row + 1) * size), vector));
}

/** A B A for symmetric A and B, symmetric to the last bit. */
export function sandwich(outside: Float64Array, inside: Float64Array, size: number): Float64Array {
  const result = product(product(outside, inside, size), outside, size);
  return result.map((value, at) => {
    const mirrored = (at % size) * size + Math.floor(at / size);
    return (value + (result[mirrored] ?? 0)) / 2;
  });
}

/** v' A v. */
export function quadraticForm(matrix: Float64Array, vector: Float64Array): number {
  return dot(transform(matrix, vector), vector);
}

export function dot(left: Float64Array, right: Float64Array): number {
  let total = 0;
  for (let index = 0; index < left.length; index++) total += (left[index] ?? 0) * (right[index] ?? 0);
  return total;
}

/** The matrix with these numbers on its diagonal and 0 elsewhere. */
export function diagonal(values: ArrayLike<number>): Float64Array {
  const size = values.length;
  const matrix = new Float64Array(size * size);
  for (let at = 0; at < size; at++) matrix[at * size + at] = values[at] ?? 0;
  return matrix;
}

/**
 * Adds what one observation brings to a sum's derivatives: slope v to the gradient and curvature v v' to the lower half of
 * the hessian (`mirrorLowerHalf` fills in the rest). Zeros of v cost nothing, so columns of levels are cheap.
 */
export function addDerivatives(
  gradient: Float64Array,
  hessian: Float64Array,
  vector: Float64Array,
  slope: number,
  curvature: number,
): void {
  const size = vector.length;
  for (let row = 0; row < size; row++) {
    const value = vector[row] ?? 0;
    if (value === 0) continue;
    gradient[row] = (gradient[row] ?? 0) + slope * value;
    const factor = curvature * value;
    for (let column = 0; column <= row; column++) {
      const at = row * size + column;
      hessian[at] = (hessian[at] ?? 0) + factor * (vector[column] ?? 0);
    }
  }
}

/** Makes a matrix symmetric of which only the lower half was summed up. */
export function mirrorLowerHalf(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) {
      matrix[row * size + column] = matrix[column * size + row] ?? 0;
    }
  }
}
