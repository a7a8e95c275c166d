import { describe, expect, it } from 'vitest';
import { smoothEce } from '../../../../src/core/metrics/smoothEce.ts';
import { drawnItems, publishedCases, tally } from './someTallies.ts';

describe('smoothEce', () => {
  it('is the distance itself where all residuals have one sign', () => {
    expect(smoothEce(tally([0.75], [0]))).toBeCloseTo(0.75, 3);
    expect(smoothEce(tally([0.5, 0.5, 0.5, 0.5], [1, 1, 1, 0]))).toBeCloseTo(0.25, 3);
  });

  it('is 0 for what is never wrong, and null for nothing', () => {
    expect(smoothEce(tally([0, 1], [0, 1]))).toBe(0);
    expect(smoothEce(tally([], []))).toBeNull();
  });

  it.each(publishedCases)('agrees with its definition on a dense grid: $name', ({ tally: some, expected }) => {
    expect(Math.abs(smoothEce(some)! - expected.smoothEce)).toBeLessThan(2e-4);
  });

  // relplot halves what lies at 0 and 1, cuts the kernel off and stops at 1e-3: only small values are comparable.
  it.each(publishedCases.filter(({ name, expected }) => !name.startsWith('zeros') && expected.smoothEce < 0.22))(
    'agrees with relplot to its tolerance: $name',
    ({ tally: some, expected }) => {
      expect(Math.abs(smoothEce(some)! - expected.relplotSmoothEce)).toBeLessThan(1e-3);
    },
  );

  it('is continuous: it hardly feels forecasts move', () => {
    const { scores, labels } = drawnItems(4, 300);
    const moved = scores.map((score, index) => Math.min(1, Math.max(0, score + (index % 2 ? 1e-4 : -1e-4))));
    expect(Math.abs(smoothEce(tally(scores, labels))! - smoothEce(tally(moved, labels))!)).toBeLessThan(1e-3);
  });

  it('tells overconfidence from calibration', () => {
    const [fair, bold] = [drawnItems(5, 5000), drawnItems(6, 5000, (logit) => 0.3 * logit)];
    expect(smoothEce(tally(fair.scores, fair.labels))).toBeLessThan(0.025);
    expect(smoothEce(tally(bold.scores, bold.labels))).toBeGreaterThan(0.08);
  });
});
