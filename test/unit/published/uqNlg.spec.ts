import { describe, expect, it } from 'vitest';
import { similarityMeasures } from '../../../src/core/opinions/similarityMeasures.ts';
import { truthProbability } from '../../../src/core/opinions/truthProbability.ts';
import { readPublished } from './readPublished.ts';

type Logits = readonly [forTrue: number, forFalse: number];

interface UqNlg {
  readonly similarities: readonly {
    readonly sampleCount: number;
    readonly similarities: readonly number[];
    readonly degree: number;
    readonly degrees: readonly number[];
    readonly eigenvalues: number;
    readonly eccentricity: number;
  }[];
  readonly truths: readonly {
    readonly logits: readonly [Logits, Logits];
    readonly untruths: readonly [number, number];
  }[];
}

const { similarities, truths } = readPublished('uqNlg') as UqNlg;

describe('Generating with Confidence, the authors’ code', () => {
  it('finds samples as uncertain by their likeness', () => {
    expect(similarities.length).toBeGreaterThan(30);
    for (const { sampleCount, similarities: matrix, ...published } of similarities) {
      const ours = similarityMeasures(Float64Array.from(matrix), sampleCount)!;
      // The code leaves out the division by m that makes the paper's U_Deg and C_Deg, and counts what is unlike.
      expect(ours.degreeUncertainty).toBeCloseTo(published.degree / sampleCount, 12);
      expect(ours.degreeConfidences).toHaveLength(sampleCount);
      for (const [sample, unlike] of published.degrees.entries())
        expect(ours.degreeConfidences[sample]).toBeCloseTo(1 - unlike / sampleCount, 12);
      expect(ours.eigenvalueUncertainty).toBeCloseTo(published.eigenvalues, 9);
      expect(ours.eccentricityUncertainty).toBeCloseTo(published.eccentricity, 9);
    }
  });

  // It asks once a sample; ours asks twice about one, with the labels swapped, and takes the mean.
  it('believes a claim as much, from the labels of two answers', () => {
    for (const { logits, untruths } of truths) {
      const [first, second] = logits.map(([forTrue, forFalse]) => {
        const whole = Math.log(Math.exp(forTrue) + Math.exp(forFalse));
        return { trueNats: forTrue - whole, falseNats: forFalse - whole };
      });
      const truth = truthProbability(first!, second!)!;
      expect(truth.probability).toBeCloseTo(1 - (untruths[0] + untruths[1]) / 2, 12);
      expect(truth.orderGap).toBeCloseTo(Math.abs(untruths[0] - untruths[1]), 12);
    }
  });
});
