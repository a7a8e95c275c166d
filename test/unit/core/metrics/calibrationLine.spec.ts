import { describe, expect, it } from 'vitest';
import { calibrationLine } from '../../../../src/core/metrics/calibrationLine.ts';
import { drawnItems, publishedCases, tally } from './someTallies.ts';

describe('calibrationLine', () => {
  it('passes through two observed shares', () => {
    // 3 of 4 where 0.6 was said and 1 of 4 where 0.2 was said.
    const line = calibrationLine(tally([0.6, 0.6, 0.6, 0.6, 0.2, 0.2, 0.2, 0.2], [1, 1, 1, 0, 1, 0, 0, 0]));
    const slope = (2 * Math.log(3)) / (Math.log(1.5) + Math.log(4));
    expect(line?.slope).toBeCloseTo(slope, 6);
    expect(line?.intercept).toBeCloseTo(Math.log(3) - slope * Math.log(1.5), 6);
  });

  it('finds what was done to the log-odds', () => {
    const { scores, labels } = drawnItems(3, 40_000, (logit) => 0.5 * logit - 0.4);
    const line = calibrationLine(tally(scores, labels));
    expect(line?.slope).toBeCloseTo(0.5, 1);
    expect(line?.intercept).toBeCloseTo(-0.4, 1);
  });

  it.each([
    ['good and bad parted', [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]],
    ['parted the wrong way round', [0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]],
    ['parted but for a tie at the threshold', [0.1, 0.5, 0.5, 0.9], [0, 0, 1, 1]],
    ['one forecast only', [0.5, 0.5], [0, 1]],
    ['one label only', [0.2, 0.5], [1, 1]],
    ['forecasts that the clip makes the same', [0, 1e-9], [1, 0]],
    ['nothing', [], []],
  ])('is null with %s', (_, scores, labels) => {
    expect(calibrationLine(tally(scores, labels))).toBeNull();
  });

  it.each(publishedCases)('agrees with a general minimiser: $name', ({ tally: some, expected }) => {
    const line = calibrationLine(some);
    if (expected.line === null) {
      expect(line).toBeNull();
      return;
    }
    expect(line?.slope).toBeCloseTo(expected.line.slope, 6);
    expect(line?.intercept).toBeCloseTo(expected.line.intercept, 6);
  });
});
