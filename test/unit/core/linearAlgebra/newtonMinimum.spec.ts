import { describe, expect, it } from 'vitest';
import { newtonMinimum } from '../../../../src/core/linearAlgebra/newtonMinimum.ts';

describe('a minimum by Newton', () => {
  it('of a quadratic takes one step', () => {
    let calls = 0;
    const minimum = newtonMinimum(
      (point) => {
        calls++;
        const [x, y] = [point[0]! - 3, point[1]! + 1];
        return {
          value: x * x + x * y + y * y,
          gradient: Float64Array.of(2 * x + y, x + 2 * y),
          hessian: Float64Array.of(2, 1, 1, 2),
        };
      },
      Float64Array.of(100, 100),
    );
    expect(minimum?.point[0]).toBeCloseTo(3, 12);
    expect(minimum?.point[1]).toBeCloseTo(-1, 12);
    expect(calls).toBeLessThanOrEqual(3);
  });

  it('halves steps that overshoot, also into overflow', () => {
    // e^x - 2x from far left: the first full step goes to about 1e8.
    const minimum = newtonMinimum((point) => {
      const power = Math.exp(point[0]!);
      return { value: power - 2 * point[0]!, gradient: Float64Array.of(power - 2), hessian: Float64Array.of(power) };
    }, Float64Array.of(-18));
    expect(minimum?.point[0]).toBeCloseTo(Math.LN2, 6);
  });

  it('goes downhill where the function is not convex', () => {
    // (x^2 - 1)^2 beside its hilltop.
    const minimum = newtonMinimum((point) => {
      const x = point[0]!;
      return {
        value: (x * x - 1) ** 2,
        gradient: Float64Array.of(4 * x * (x * x - 1)),
        hessian: Float64Array.of(12 * x * x - 4),
      };
    }, Float64Array.of(0.1));
    expect(minimum?.point[0]).toBeCloseTo(1, 6);
  });

  it('says when the hessian is hopeless', () => {
    const derivatives = { value: 1, gradient: Float64Array.of(1), hessian: Float64Array.of(Number.NaN) };
    expect(newtonMinimum(() => derivatives, Float64Array.of(0))).toBeNull();
  });
});
