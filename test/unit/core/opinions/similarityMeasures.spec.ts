import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { similarityMeasures } from '../../../../src/core/opinions/similarityMeasures.ts';

/** 1 within a cluster and 0 between. */
const blocks = (clusters: readonly number[]): Float64Array =>
  Float64Array.from(clusters.flatMap((left) => clusters.map((right) => (left === right ? 1 : 0))));

describe('similarityMeasures', () => {
  it('finds no uncertainty in samples that are all the same', () => {
    for (const count of [2, 3, 10]) {
      const measures = similarityMeasures(new Float64Array(count * count).fill(1), count)!;
      expect(measures.degreeUncertainty).toBe(0);
      expect(measures.degreeConfidences).toEqual(new Array(count).fill(1));
      expect(measures.eigenvalueUncertainty).toBeCloseTo(1, 12);
      expect(measures.eccentricityUncertainty).toBeCloseTo(0, 7);
    }
  });

  it('finds as many answers as there are clusters', () => {
    // L of clusters has the value 0 once for each, and 1 for the rest. Their indicator vectors, of length 1, span the null
    // space; less their means they keep clusters - 1 of their squared lengths, whatever basis is taken.
    const clusters = [0, 0, 0, 1, 1, 2];
    const measures = similarityMeasures(blocks(clusters), 6)!;
    expect(measures.eigenvalueUncertainty).toBeCloseTo(3, 12);
    expect(measures.eccentricityUncertainty).toBeCloseTo(Math.sqrt(2), 12);
    expect(measures.degreeConfidences).toEqual([3 / 6, 3 / 6, 3 / 6, 2 / 6, 2 / 6, 1 / 6]);
    // tr(6 I - D) / 36 = (36 - 14) / 36
    expect(measures.degreeUncertainty).toBeCloseTo(22 / 36, 14);
  });

  it('of two samples that are half alike is known by hand', () => {
    // D = 1.5 I, so L = I - W / 1.5 = [[1/3, -1/3], [-1/3, 1/3]], with values 0 for (1, 1) and 2/3 for (1, -1).
    const measures = similarityMeasures(Float64Array.of(1, 0.5, 0.5, 1), 2)!;
    expect(measures.degreeUncertainty).toBeCloseTo(1 / 4, 14);
    expect(measures.degreeConfidences).toEqual([0.75, 0.75]);
    expect(measures.eigenvalueUncertainty).toBeCloseTo(1 + 1 / 3, 14);
    // Both lie below .9: (1, 1) has no spread, (1, -1) / sqrt 2 has 1.
    expect(measures.eccentricityUncertainty).toBeCloseTo(1, 12);
  });

  it('leaves out eigenvectors of values from .9 on', () => {
    // Values 0 and 1 - (1 - s) / (1 + s) = 2s / (1 + s): .9 at s = 9/11.
    const alike = (similarity: number): number =>
      similarityMeasures(Float64Array.of(1, similarity, similarity, 1), 2)!.eccentricityUncertainty;
    expect(alike(9 / 11 - 0.01)).toBeCloseTo(1, 12);
    expect(alike(9 / 11 + 0.01)).toBeCloseTo(0, 7);
  });

  const matrices = fc.integer({ min: 2, max: 7 }).chain((count) =>
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: count * count, maxLength: count * count })
      .map((numbers) => ({
        count,
        at: (row: number, column: number): number =>
          row === column ? 1 : numbers[Math.max(row, column) * count + Math.min(row, column)]!,
      })),
  );
  const flat = (count: number, at: (row: number, column: number) => number): Float64Array =>
    Float64Array.from({ length: count * count }, (_, index) => at(Math.floor(index / count), index % count));

  it('stays in its ranges', () => {
    fc.assert(
      fc.property(matrices, ({ count, at }) => {
        const measures = similarityMeasures(flat(count, at), count)!;
        expect(measures.degreeUncertainty).toBeGreaterThanOrEqual(0);
        expect(measures.degreeUncertainty).toBeLessThanOrEqual(1 - 1 / count + 1e-12);
        expect(measures.eigenvalueUncertainty).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(measures.eigenvalueUncertainty).toBeLessThanOrEqual(count + 1e-9);
        expect(measures.eccentricityUncertainty).toBeLessThanOrEqual(Math.sqrt(count - 1) + 1e-9);
        const mean = measures.degreeConfidences.reduce((sum, value) => sum + value, 0) / count;
        expect(measures.degreeUncertainty).toBeCloseTo(1 - mean, 12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('does not depend on the order of the samples', () => {
    fc.assert(
      fc.property(matrices, ({ count, at }) => {
        const measures = similarityMeasures(flat(count, at), count)!;
        const turned = similarityMeasures(
          flat(count, (row, column) => at((row + 1) % count, (column + 1) % count)),
          count,
        )!;
        expect(turned.degreeUncertainty).toBeCloseTo(measures.degreeUncertainty, 12);
        expect(turned.eigenvalueUncertainty).toBeCloseTo(measures.eigenvalueUncertainty, 10);
        expect(turned.eccentricityUncertainty).toBeCloseTo(measures.eccentricityUncertainty, 7);
        expect(turned.degreeConfidences[0]).toBeCloseTo(measures.degreeConfidences[1]!, 12);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('knows nothing of fewer than two samples', () => {
    expect(similarityMeasures(new Float64Array(), 0)).toBeNull();
    expect(similarityMeasures(Float64Array.of(1), 1)).toBeNull();
  });

  it.each([
    ['too few numbers', [1, 1, 1], 2],
    ['a sample that is not like itself', [1, 0, 0, 0.5], 2],
    ['a likeness that goes one way', [1, 0.5, 0.4, 1], 2],
    ['a likeness above 1', [1, 1.5, 1.5, 1], 2],
    ['one below 0', [1, -0.5, -0.5, 1], 2],
    ['a number that is none', [1, Number.NaN, Number.NaN, 1], 2],
  ])('refuses %s', (_, numbers, count) => {
    expect(() => similarityMeasures(Float64Array.from(numbers), count)).toThrow(CandorError);
  });
});
