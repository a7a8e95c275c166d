import { describe, expect, it } from 'vitest';
import { type Coverage, studyPartModel, studyPrior, studyRegionModel } from '../../../simulation/riskStudy.ts';

/** Four standard errors of a share of .9, and what small samples may cost: test/simulation/riskRecovery.ts says it sharper. */
function expectRecovered(coverages: readonly Coverage[], runs: number): void {
  for (const { coefficient, covered, bias, standardError } of coverages) {
    const margin = 4 * Math.sqrt((0.9 * 0.1) / runs);
    expect(covered, coefficient).toBeGreaterThan(0.885 - margin);
    expect(covered, coefficient).toBeLessThan(0.915 + margin);
    // Mean errors hide in noise.
    expect(Math.abs(bias), coefficient).toBeLessThan(0.2 * standardError + (4 * standardError) / Math.sqrt(runs));
  }
}

describe('planted coefficients, in commits that share their fate', () => {
  it('of the region model are found within its intervals', () => {
    expectRecovered(studyRegionModel('fixed', 100, 100, 11), 100);
    expectRecovered(studyRegionModel('drawn', 20, 300, 12), 300);
    // What is left of the prior where there are three commits.
    expectRecovered(studyRegionModel('drawn', 3, 300, 13), 300);
  });

  it('of leaves and gaps too', () => {
    expectRecovered(studyPartModel(60, 40, 14), 40);
  });

  it('of repositories: their mean and spread', () => {
    const { mean, spread } = studyPrior(20, 8, 15);
    for (const { bias, standardError } of mean) {
      // 8 runs: of the mean of their errors the standard error is about a third of one's.
      expect(Math.abs(bias)).toBeLessThan(0.5 * standardError + (4 * standardError) / Math.sqrt(8));
    }
    for (const { planted, found } of spread) {
      expect(found / planted).toBeGreaterThan(0.6);
      expect(found / planted).toBeLessThan(1.6);
    }
  });

  it('would be missed by intervals that are too narrow', () => {
    const narrow = { coefficient: 'x', covered: 0.8, bias: 0, standardError: 1 };
    expect(() => {
      expectRecovered([narrow], 300);
    }).toThrow();
  });
});
