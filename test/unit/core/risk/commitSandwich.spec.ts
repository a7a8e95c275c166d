import { describe, expect, it } from 'vitest';
import { type CommitDerivatives, commitSandwich } from '../../../../src/core/risk/commitSandwich.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

const commit = (gradient: number, hessian: number): CommitDerivatives => ({
  gradient: Float64Array.of(gradient),
  hessian: Float64Array.of(hessian),
});

describe('the covariance over commits', () => {
  it('by hand: one coefficient, three commits', () => {
    // H = 6 = 1 (prior) + 1 + 1 + 3. Left out they move the coefficient by 1/5, 2/5, 1; all counts 2/3, and (3-1)/(3-1+1).
    const [variance] = commitSandwich(Float64Array.of(6), Float64Array.of(1), [
      commit(1, 1),
      commit(2, 1),
      commit(-3, 3),
    ])!;
    const robust = 1 / 36 + (2 / 3) * (1 / 25 + 4 / 25 + 1);
    expect(variance).toBeCloseTo((2 / 3) * robust + (1 / 3) * (1 / 6), 12);
  });

  it("is the prior's without outcomes, and the model's own with one commit", () => {
    const precision = Float64Array.of(2, 0.5, 0.5, 1);
    const covariance = commitSandwich(precision, precision, [])!;
    const expected = [1, -0.5, -0.5, 2].map((value) => value / 1.75);
    for (const [at, value] of expected.entries()) expect(covariance[at]).toBeCloseTo(value, 12);
    const [alone] = commitSandwich(Float64Array.of(5), Float64Array.of(1), [commit(9, 4)])!;
    expect(alone).toBeCloseTo(1 / 5, 12);
  });

  it('comes to the inverse hessian where the gradients vary as the model says', () => {
    const { normal } = seededRandom(3);
    const count = 4000;
    const commits = Array.from({ length: count }, () => commit(normal(), 1));
    const [variance] = commitSandwich(Float64Array.of(count + 10), Float64Array.of(10), commits)!;
    expect(variance! * (count + 10)).toBeGreaterThan(0.9);
    expect(variance! * (count + 10)).toBeLessThan(1.1);
  });

  it('says when there is none, and bears a loss that is not convex without a commit', () => {
    expect(commitSandwich(Float64Array.of(0), Float64Array.of(1), [])).toBeNull();
    const [variance] = commitSandwich(Float64Array.of(2), Float64Array.of(1), [commit(1, 4), commit(-1, -3)])!;
    // The first by the first order: 1/2; the second 1/5.
    expect(variance).toBeCloseTo((1 / 2) * (1 / 4 + (1 / 2) * (1 / 4 + 1 / 25)) + (1 / 2) * (1 / 2), 12);
  });
});
