import { describe, expect, it } from 'vitest';
import { cholesky, inverseCholesky, solveCholesky } from '../../../../src/core/linearAlgebra/cholesky.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

describe('the Cholesky factor', () => {
  it('of a matrix worked out by hand', () => {
    const factor = cholesky(Float64Array.of(4, 2, 2, 10), 2)!;
    expect([...factor]).toEqual([2, 0, 1, 3]);
    expect([...solveCholesky(factor, Float64Array.of(8, 22))]).toEqual([1, 2]);
    expect([...inverseCholesky(factor, 2)].map((value) => 36 * value)).toEqual(
      [10, -2, -2, 4].map((v) => expect.closeTo(v, 12) as number),
    );
  });

  it('is none where the matrix is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
    expect(cholesky(Float64Array.of(-1), 1)).toBeNull();
    expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeNull();
  });

  it('solves what was multiplied, for random matrices of all sizes', () => {
    const { normal } = seededRandom(1);
    for (let size = 1; size <= 12; size++) {
      const root = Float64Array.from({ length: size * size }, normal);
      const matrix = new Float64Array(size * size);
      for (let row = 0; row < size; row++)
        for (let column = 0; column < size; column++)
          for (let k = 0; k < size; k++)
            matrix[row * size + column]! +=
              root[row * size + k]! * root[column * size + k]! + (row === column ? 0.1 : 0);
      const wanted = Float64Array.from({ length: size }, normal);
      const right = wanted.map((_, row) => wanted.reduce((sum, value, k) => sum + matrix[row * size + k]! * value, 0));
      const solution = solveCholesky(cholesky(matrix, size)!, right);
      for (const [index, value] of solution.entries()) expect(value).toBeCloseTo(wanted[index]!, 6);
    }
  });
});
