import { describe, expect, it } from 'vitest';
import { reliabilityCurve } from '../../../../src/core/metrics/reliabilityCurve.ts';
import { drawnItems, tally } from './someTallies.ts';

/** The share of band points at which the curve leaves the band. */
function shareOutside(scores: readonly number[], labels: readonly number[], seed: number): number {
  const { steps, band } = reliabilityCurve(tally(scores, labels), seed, 100)!;
  const outside = band.filter(({ forecast, low, high }) => {
    const { observed } = steps.find(({ from, to }) => from <= forecast && forecast <= to)!;
    return observed < low || observed > high;
  });
  return outside.length / band.length;
}

describe('reliabilityCurve', () => {
  it('has a step for each run of forecasts with one chance', () => {
    expect(reliabilityCurve(tally([0.1, 0.3, 0.5, 0.5, 0.9], [0, 1, 0, 1, 1]), 1)?.steps).toEqual([
      { from: 0.1, to: 0.1, observed: 0, items: 1 },
      { from: 0.3, to: 0.5, observed: 2 / 3, items: 3 },
      { from: 0.9, to: 0.9, observed: 1, items: 1 },
    ]);
    expect(reliabilityCurve(tally([], []), 1)).toBeNull();
  });

  it('has a band of at most 101 rising forecasts, the same for the same seed', () => {
    const scores = Array.from({ length: 500 }, (_, index) => (index + 0.5) / 500);
    const curve = reliabilityCurve(tally(scores, scores.map(Math.round)), 1, 40)!;
    expect(curve.band).toHaveLength(101);
    expect(curve.band[0]?.forecast).toBe(scores[0]);
    expect(curve.band.at(-1)?.forecast).toBe(scores.at(-1));
    expect(curve.band.every(({ low, high }) => 0 <= low && low <= high && high <= 1)).toBe(true);
    expect(reliabilityCurve(tally(scores, scores.map(Math.round)), 1, 40)).toEqual(curve);
  });

  it('leaves a calibrated forecaster inside nine times in ten, and an overconfident one out', () => {
    let [calibrated, overconfident] = [0, 0];
    for (let round = 0; round < 20; round++) {
      const fair = drawnItems(100 + round, 400);
      const bold = drawnItems(200 + round, 400, (logit) => 0.3 * logit);
      calibrated += shareOutside(fair.scores, fair.labels, round) / 20;
      overconfident += shareOutside(bold.scores, bold.labels, round) / 20;
    }
    expect(calibrated).toBeGreaterThan(0.05);
    expect(calibrated).toBeLessThan(0.15);
    expect(overconfident).toBeGreaterThan(0.5);
  });
});
