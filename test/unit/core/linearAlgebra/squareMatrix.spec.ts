import { describe, expect, it } from 'vitest';
import {
  addDerivatives,
  addOuterProduct,
  diagonal,
  dot,
  mirrorLowerHalf,
  product,
  quadraticForm,
  sandwich,
  sum,
  transform,
} from '../../../../src/core/linearAlgebra/squareMatrix.ts';

const a = Float64Array.of(1, 2, 3, 4);
const b = Float64Array.of(0, 1, -1, 2);

describe('square matrices, by hand', () => {
  it('multiply and add', () => {
    expect([...product(a, b, 2)]).toEqual([-2, 5, -4, 11]);
    expect([...sum(a, b, 2)]).toEqual([1, 4, 1, 8]);
    expect([...transform(a, Float64Array.of(5, -1))]).toEqual([3, 11]);
    expect(dot(a, b)).toBe(7);
    expect([...diagonal([3, 4])]).toEqual([3, 0, 0, 4]);
  });

  it('take squares of a vector', () => {
    const matrix = Float64Array.from(a);
    addOuterProduct(matrix, Float64Array.of(1, 0), 10);
    expect([...matrix]).toEqual([11, 2, 3, 4]);
    expect(quadraticForm(a, Float64Array.of(1, -1))).toBe(0);
  });

  it('go between two of another', () => {
    const outside = Float64Array.of(2, 1, 1, 1);
    const inside = Float64Array.of(1, 0.5, 0.5, 3);
    expect([...sandwich(outside, inside, 2)]).toEqual([9, 6.5, 6.5, 5]);
  });

  it('sum up derivatives in their lower half', () => {
    const gradient = new Float64Array(3);
    const hessian = new Float64Array(9);
    addDerivatives(gradient, hessian, Float64Array.of(1, 0, 2), 3, 0.5);
    mirrorLowerHalf(hessian, 3);
    expect([...gradient]).toEqual([3, 0, 6]);
    expect([...hessian]).toEqual([0.5, 0, 1, 0, 0, 0, 1, 0, 2]);
  });
});
