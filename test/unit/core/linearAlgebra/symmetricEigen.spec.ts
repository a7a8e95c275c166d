import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { symmetricEigen } from '../../../../src/core/linearAlgebra/symmetricEigen.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

const dot = (left: Float64Array, right: Float64Array): number =>
  left.reduce((sum, value, at) => sum + value * right[at]!, 0);

function randomSymmetric(size: number, normal: () => number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column <= row; column++) matrix[row * size + column] = matrix[column * size + row] = normal();
  return matrix;
}

describe('the eigenvalues of a symmetric matrix', () => {
  it('are known by hand', () => {
    // (2 - x)^2 = 1; the vectors are the diagonals of a square.
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values]).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
    expect(Math.abs(dot(vectors[0]!, Float64Array.of(1, -1)))).toBeCloseTo(Math.SQRT2, 14);
    expect(Math.abs(dot(vectors[1]!, Float64Array.of(1, 1)))).toBeCloseTo(Math.SQRT2, 14);
    // The path of three nodes: its Laplacian has 0, 1 and 3.
    const path = Float64Array.of(1, -1, 0, -1, 2, -1, 0, -1, 1);
    expect([...symmetricEigen(path, 3).values].map((value) => Math.round(1e12 * value) / 1e12 + 0)).toEqual([0, 1, 3]);
  });

  it('are the diagonal of a matrix that has no more, rising', () => {
    expect([...symmetricEigen(Float64Array.of(5, 0, 0, 0, -2, 0, 0, 0, 1), 3).values]).toEqual([-2, 1, 5]);
    expect([...symmetricEigen(new Float64Array(4), 2).values]).toEqual([0, 0]);
    expect([...symmetricEigen(new Float64Array(), 0).values]).toEqual([]);
  });

  it('of ones everywhere are 0 and the size', () => {
    for (const size of [1, 2, 5, 20]) {
      const { values } = symmetricEigen(new Float64Array(size * size).fill(1), size);
      expect(values.at(-1)).toBeCloseTo(size, 12);
      for (const value of values.subarray(0, -1)) expect(Math.abs(value)).toBeLessThan(1e-14 * size);
    }
  });

  it('solve A v = x v with vectors at right angles, for random matrices of all sizes and scales', () => {
    const { normal } = seededRandom(1);
    for (let size = 1; size <= 24; size++) {
      for (const scale of [1, 1e-180, 1e180]) {
        const matrix = randomSymmetric(size, () => scale * normal());
        const { values, vectors } = symmetricEigen(matrix, size);
        expect([...values]).toEqual([...values].sort((a, b) => a - b));
        for (const [index, vector] of vectors.entries()) {
          for (const [other, otherVector] of vectors.entries())
            expect(Math.abs(dot(vector, otherVector) - (index === other ? 1 : 0))).toBeLessThan(1e-13);
          for (let row = 0; row < size; row++) {
            const product = dot(matrix.subarray(row * size, (row + 1) * size), vector);
            expect(Math.abs(product - values[index]! * vector[row]!)).toBeLessThan(scale * 1e-12);
          }
        }
      }
    }
  });

  it('read the lower half alone, and leave the matrix as it is', () => {
    const matrix = Float64Array.of(2, 77, 1, 2);
    expect([...symmetricEigen(matrix, 2).values]).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
    expect([...matrix]).toEqual([2, 77, 1, 2]);
  });

  it.each([
    ['a size that does not fit', [1, 2, 3], 2],
    ['a number that is none', [Number.NaN], 1],
    ['an infinite one', [Infinity], 1],
  ])('refuse %s', (_, numbers, size) => {
    expect(() => symmetricEigen(Float64Array.from(numbers), size)).toThrow(CandorError);
  });
});
