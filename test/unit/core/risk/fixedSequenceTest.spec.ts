import { describe, expect, it } from 'vitest';
import { fixedSequenceTest } from '../../../../src/core/risk/fixedSequenceTest.ts';

// At level .25 a rate of .5 takes two units without a failure (.5^2 = .25), or five with one ((1 + 5) / 32 = .19).
const steps = (...counts: (readonly [number, number, number])[]) =>
  counts.map(([threshold, units, failures]) => ({ threshold, units, failures }));
const walk = (...counts: (readonly [number, number, number])[]) => fixedSequenceTest(steps(...counts), 0.5, 0.25);

describe('fixedSequenceTest', () => {
  it('keeps the last step before the first failure, whatever comes after', () => {
    expect(walk([0.9, 2, 0], [0.8, 5, 1], [0.7, 6, 4], [0.6, 90, 4])).toMatchObject({
      outcome: 'passed',
      threshold: 0.8,
      units: 5,
      failures: 1,
    });
  });

  it('passes over steps with fewer units than any pass needs, and stops at the first that has them and fails', () => {
    expect(walk([0.95, 1, 1], [0.9, 3, 0])).toMatchObject({ outcome: 'passed', threshold: 0.9 });
    expect(walk([0.95, 1, 0], [0.9, 2, 1], [0.8, 90, 1])).toMatchObject({
      outcome: 'too-many-failures',
      threshold: 0.9,
      units: 2,
      failures: 1,
    });
  });

  it('says the bound of the step it stands on', () => {
    const result = walk([0.9, 2, 0]);
    expect(result.outcome === 'passed' ? result.bound : null).toBeCloseTo(0.5, 14);
  });

  it('says how many units it had and would have needed', () => {
    expect(walk()).toEqual({ outcome: 'too-few-units', units: 0, needed: 2 });
    expect(walk([0.9, 0, 0], [0.8, 1, 0])).toEqual({ outcome: 'too-few-units', units: 1, needed: 2 });
  });
});
