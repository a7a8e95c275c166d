import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { clusterMean } from '../../../../src/core/sums/clusterMean.ts';
import { designBasedMean, type LabelledTwice } from '../../../../src/core/sums/designBasedMean.ts';

const item = (group: string, machine: number, human: number | null): LabelledTwice => ({
  group,
  machine,
  human,
  samplingProbability: 0.5,
});

describe('designBasedMean', () => {
  it('corrects the machine by what people said, weighted by how seldom they were asked', () => {
    // Corrected labels -1, 1, 0, 0.
    const mean = designBasedMean([item('a', 1, 0), item('b', 1, null), item('c', 0, 0), item('d', 0, null)]);
    expect(mean).toMatchObject({ corrected: { mean: 0, count: 4, groups: 4 }, machineMean: 0.5, humanLabels: 2 });
  });

  it('is the mean of the people where everybody was asked', () => {
    const items = [0, 1, 1].map((human, index) => ({ ...item(String(index), 0.3, human), samplingProbability: 1 }));
    expect(designBasedMean(items)?.corrected.mean).toBeCloseTo(2 / 3, 12);
  });

  it('says nothing without a label of a person', () => {
    expect(designBasedMean([item('a', 1, null)])).toBeNull();
    expect(designBasedMean([])).toBeNull();
  });

  it.each([0, -0.5, 1.5, Number.NaN])('refuses a sampling probability of %f', (samplingProbability) => {
    expect(() => designBasedMean([{ ...item('a', 1, 0), samplingProbability }])).toThrow(CandorError);
  });

  it('holds the truth 95 times in 100 although the machine is biased, where the mean of the machine hardly ever does', () => {
    const { uniform } = seededRandom(11);
    const truth = 0.3;
    const trials = 400;
    let [held, naive, total] = [0, 0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const items = Array.from({ length: 400 }, (_, index): LabelledTwice => {
        const human = Number(uniform() < truth);
        // Of what is fine the machine says in every fourth case that it is not; what is bad it finds nine times in ten.
        const machine = Number(uniform() < (human === 1 ? 0.9 : 0.25));
        // Where the machine sees trouble people are asked more often: the naive mean of their labels is biased, too.
        const samplingProbability = machine === 1 ? 0.4 : 0.15;
        const isDrawn = uniform() < samplingProbability;
        return { group: String(index), machine, human: isDrawn ? human : null, samplingProbability };
      });
      const { corrected } = designBasedMean(items, 0.95)!;
      const machine = clusterMean(
        items.map((one) => ({ group: one.group, sum: one.machine, count: 1 })),
        0.95,
      )!;
      const holds = ({ interval }: typeof corrected): boolean => interval!.low <= truth && interval!.high >= truth;
      held += Number(holds(corrected));
      naive += Number(holds(machine));
      total += corrected.mean;
    }
    expect(held / trials).toBeGreaterThan(0.92);
    expect(held / trials).toBeLessThan(0.98);
    expect(naive / trials).toBeLessThan(0.05);
    expect(total / trials).toBeCloseTo(truth, 2);
  });
});
