import { describe, expect, it } from 'vitest';
import { studentReach } from '../../../src/core/metrics/studentReach.ts';
import { designBasedMean } from '../../../src/core/sums/designBasedMean.ts';
import { readPublished } from './readPublished.ts';

interface Dsl {
  readonly means: readonly {
    readonly groups: readonly number[];
    readonly machine: readonly number[];
    readonly human: readonly (number | null)[];
    readonly samplingProbability: readonly number[];
    readonly mean: number;
    readonly standardError: number;
  }[];
}

const { means } = readPublished('dsl') as Dsl;
const LEVEL = 0.95;

describe('design-based supervised learning, the authors’ code', () => {
  it('has the same mean, and the same standard error but for few groups', () => {
    expect(means.length).toBeGreaterThan(20);
    for (const { groups, machine, human, samplingProbability, mean, standardError } of means) {
      const { corrected } = designBasedMean(
        machine.map((label, index) => ({
          group: String(groups[index]),
          machine: label,
          human: human[index]!,
          samplingProbability: samplingProbability[index]!,
        })),
        LEVEL,
      )!;
      expect(corrected.mean).toBeCloseTo(mean, 9);
      // Theirs is of many groups; ours G / (G - 1) times its square, and Student's t where they take the normal's.
      const reach = studentReach(corrected.groups - 1, LEVEL) * Math.sqrt(corrected.groups / (corrected.groups - 1));
      expect((corrected.interval!.high - corrected.mean) / reach).toBeCloseTo(standardError, 9);
      expect((corrected.mean - corrected.interval!.low) / reach).toBeCloseTo(standardError, 9);
    }
  });
});
