import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { studentReach } from '../../../../src/core/metrics/studentReach.ts';

describe('studentReach', () => {
  // From printed tables.
  it.each([
    [1, 0.95, 12.7062],
    [2, 0.95, 4.30265],
    [3, 0.9, 2.35336],
    [5, 0.9, 2.01505],
    [10, 0.95, 2.22814],
    [30, 0.9, 1.69726],
    [120, 0.95, 1.97993],
  ])('with %i degrees of freedom, at %f, is %f', (freedom, level, reach) => {
    expect(studentReach(freedom, level)).toBeCloseTo(reach, 4);
  });

  it('is nearly that of the normal distribution with very many', () => {
    expect(studentReach(1_000_000, 0.95)).toBeGreaterThan(1.95996);
    expect(studentReach(1_000_000, 0.95)).toBeLessThan(1.9625);
  });

  it.each([
    [0, 0.9],
    [1.5, 0.9],
    [3, 0],
    [3, 1],
  ])('refuses %f degrees at %f', (freedom, level) => {
    expect(() => studentReach(freedom, level)).toThrow(CandorError);
  });
});
