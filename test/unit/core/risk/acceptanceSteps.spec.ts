import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { acceptanceSteps } from '../../../../src/core/risk/acceptanceSteps.ts';
import type { PrequentialPrediction } from '../../../../src/core/risk/prequentialPrediction.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

const prediction = (assessment: string, commit: string, p: number, good: boolean): PrequentialPrediction => ({
  assessment,
  commit,
  p,
  good,
});

describe('acceptanceSteps', () => {
  it('counts commits that are let in and those among them that failed', () => {
    const record = [
      prediction('1', 'a', 0.9, true),
      prediction('2', 'b', 0.8, false),
      prediction('3', 'c', 0.8, true),
      prediction('4', 'd', 0.5, false),
      prediction('5', 'e', 0.1, true),
    ];
    expect(acceptanceSteps(record, [0.9, 0.8, 0.7, 0.5], 'at-least')).toEqual([
      { threshold: 0.9, units: 1, failures: 0 },
      { threshold: 0.8, units: 3, failures: 1 },
      { threshold: 0.5, units: 4, failures: 2 },
    ]);
    // The other side counts those that went well.
    expect(acceptanceSteps(record, [0.1, 0.5, 0.6, 0.8], 'at-most')).toEqual([
      { threshold: 0.1, units: 1, failures: 1 },
      { threshold: 0.5, units: 2, failures: 1 },
      { threshold: 0.8, units: 4, failures: 2 },
    ]);
  });

  it('has no step where nothing is let in', () => {
    expect(acceptanceSteps([], [0.9, 0.5], 'at-least')).toEqual([]);
    expect(acceptanceSteps([prediction('1', 'a', 0.3, true)], [0.9, 0.5], 'at-least')).toEqual([]);
  });

  it('draws one region a commit, the same whatever the order of the record', () => {
    const record = Array.from({ length: 40 }, (_, index) =>
      prediction(`${index}`, `commit ${index % 7}`, 0.5 + index / 100, index % 3 === 0),
    );
    const thresholds = [0.8, 0.7, 0.6, 0.5];
    const steps = acceptanceSteps(record, thresholds, 'at-least');
    expect(steps.map(({ units }) => units)).toEqual([7, 7, 7, 7]);
    expect(acceptanceSteps(record.toReversed(), thresholds, 'at-least')).toEqual(steps);
  });

  it('draws each region of a commit equally often, near neighbours by name too', () => {
    for (const failing of [0, 1, 2]) {
      const record = Array.from({ length: 3000 }, (_, commit) =>
        [0, 1, 2].map((region) => prediction(`${commit}-${region}`, `${commit}`, 0.9, region !== failing)),
      ).flat();
      const [step] = acceptanceSteps(record, [0.5], 'at-least');
      expect(step?.units).toBe(3000);
      // Four standard errors of 3,000 draws.
      expect(Math.abs(step!.failures - 1000)).toBeLessThan(4 * Math.sqrt(3000 * (1 / 3) * (2 / 3)));
    }
  });

  it('counts a commit as its one drawn region among those let in, not among all', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 100; round += 1) {
      const record = Array.from({ length: 30 }, (_, index) =>
        prediction(
          `${round}-${index}`,
          `${Math.floor(random.uniform() * 8)}`,
          random.uniform(),
          random.uniform() < 0.5,
        ),
      );
      for (const { threshold, units, failures } of acceptanceSteps(record, [0.9, 0.6, 0.3, 0.01], 'at-least')) {
        const accepted = record.filter(({ p }) => p >= threshold);
        const commits = [...Map.groupBy(accepted, ({ commit }) => commit).values()];
        expect(units).toBe(commits.length);
        expect(failures).toBeLessThanOrEqual(commits.filter((regions) => regions.some(({ good }) => !good)).length);
        expect(failures).toBeGreaterThanOrEqual(commits.filter((regions) => regions.every(({ good }) => !good)).length);
      }
    }
  });

  it('refuses what is no chance', () => {
    for (const p of [Number.NaN, -0.1, 1.1]) {
      expect(() => acceptanceSteps([prediction('1', 'a', p, true)], [0.5], 'at-least')).toThrow(CandorError);
    }
  });
});
