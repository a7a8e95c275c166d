import { describe, expect, it } from 'vitest';
import { opinionMeasures, type ClusteredSamples } from '../../../../src/assess/opinions/opinionMeasures.ts';
import { CandorError } from '../../../../src/core/candorError.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { someSource } from '../../core/someSource.ts';

/** A text of one token for each probability, one unit each. */
function written(text: string, ...probabilities: readonly number[]): ScoredText {
  return ScoredText.of({
    text,
    source: someSource,
    tokenEnds: Uint32Array.from(probabilities, (_, index) => index + 1),
    measures: { logprobsNats: Float64Array.from(probabilities, Math.log) },
  });
}

function clustered(
  samples: readonly ScoredText[],
  clusters: readonly number[],
  words: readonly string[],
  behaviour: readonly number[] | null = null,
): ClusteredSamples {
  return {
    samples,
    syntax: { clusters, broken: clusters.map(() => false), words: words.map((text) => Array.from(text)) },
    behaviour,
  };
}

/*
 * The original `ab`, and four samples: `ab` itself twice, `ac`, and `xyz`, which does the same as `ac`.
 *
 *     syntax      {original, 1, 2} {3} {4}
 *     behaviour   {original, 1, 2} {3, 4}
 */
const SAMPLES = clustered(
  [written('ab', 0.9, 0.4), written('ab', 0.9, 0.4), written('ac', 0.9, 0.1), written('xyz', 0.5, 0.5, 0.5)],
  [0, 0, 0, 1, 2],
  ['ab', 'ab', 'ab', 'ac', 'xyz'],
  [0, 0, 0, 1, 1],
);

describe('opinionMeasures', () => {
  const measures = opinionMeasures(SAMPLES);
  const ln = Math.log;

  it.each([
    // Two of four samples are the original's code, and do what it does.
    ['syntaxEquivalenceRate', 2 / 4],
    ['functionalEquivalenceRate', 2 / 4],
    // Of five answers: 3, 1, 1 and 3, 2.
    ['syntaxEntropy', -(3 / 5) * ln(3 / 5) - (2 / 5) * ln(1 / 5)],
    ['functionalEntropy', -(3 / 5) * ln(3 / 5) - (2 / 5) * ln(2 / 5)],
    ['functionalNegentropy', 1 + ((3 / 5) * ln(3 / 5) + (2 / 5) * ln(2 / 5)) / ln(5)],
    // (5 - 3) / 4 and (5 - 2) / 4.
    ['syntaxSetsConfidence', 2 / 4],
    ['functionalSetsConfidence', 3 / 4],
    // Of the samples alone, by behaviour: 2, 2.
    ['sampleEntropy', ln(2)],
    // ab and ac share one of two leaves; xyz none with either. To the original: 1, 1, 1/2, 0.
    ['originalSimilarity', 2.5 / 4],
    // Row sums 2.5, 2.5, 2, 1 of 4 each: 1 - 8 / 16.
    ['degreeUncertainty', 1 - 8 / 16],
    // Texts ab, ac and xyz weigh sqrt(.36), sqrt(.09) and .5.
    ['voteShare', 0.6 / (0.6 + 0.3 + 0.5)],
    ['greatestVoteShare', 0.6 / (0.6 + 0.3 + 0.5)],
  ])('%s is known by hand', (name, value) => {
    expect(measures[name]).toBeCloseTo(value, 12);
  });

  it('finds somewhat fewer different answers than there are texts, by eigenvalues', () => {
    expect(measures.eigenvalueUncertainty).toBeGreaterThan(2);
    expect(measures.eigenvalueUncertainty).toBeLessThan(3);
  });

  it('sees no doubt where all agree, and leaves out what is not known', () => {
    const samples = [written('ab', 0.9, 0.4), written('ab', 0.9, 0.4)];
    const agreed = opinionMeasures(clustered(samples, [0, 0, 0], ['ab', 'ab', 'ab']));
    expect(agreed).toMatchObject({
      syntaxEquivalenceRate: 1,
      syntaxEntropy: 0,
      syntaxNegentropy: 1,
      syntaxSetsConfidence: 1,
      sampleEntropy: 0,
      originalSimilarity: 1,
      degreeUncertainty: 0,
      voteShare: 1,
    });
    expect(Object.keys(agreed).filter((name) => name.startsWith('functional'))).toEqual([]);
  });

  it('gives an original that nobody wrote no votes, and none at all where nothing was scored', () => {
    const other = opinionMeasures(clustered([written('x', 0.5)], [0, 1], ['a', 'x']));
    expect(other).toMatchObject({
      voteShare: 0,
      greatestVoteShare: 1,
      originalSimilarity: 0,
      syntaxEquivalenceRate: 0,
    });
    expect(other).not.toHaveProperty('degreeUncertainty');
    const unscored = opinionMeasures(clustered([written('x', Number.NaN)], [0, 1], ['a', 'x']));
    expect(unscored).not.toHaveProperty('voteShare');
    expect(unscored).toHaveProperty('syntaxEntropy');
  });

  it('says nothing without samples, and refuses clusters of others', () => {
    expect(opinionMeasures(clustered([], [0], ['ab']))).toEqual({});
    const refuses = (samples: ClusteredSamples): void => {
      expect(() => opinionMeasures(samples)).toThrow(CandorError);
    };
    refuses(clustered([written('a', 0.5)], [0], ['a', 'a']));
    refuses(clustered([written('a', 0.5)], [0, 0], ['a', 'a'], [0]));
  });
});
