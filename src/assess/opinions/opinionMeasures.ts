import { CandorError } from '../../core/candorError.ts';
import { clusterMeasures, clusterSizesOf } from '../../core/opinions/clusterMeasures.ts';
import { similarityMeasures } from '../../core/opinions/similarityMeasures.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import type { SignalValues } from '../../core/words.ts';
import type { SyntaxClusters } from '../../syntax/sameCode/clusterBySyntax.ts';
import { editSimilarity } from '../../syntax/sameCode/editSimilarity.ts';
import { clusterVotes } from './clusterVotes.ts';

/** What stands at a place and samples of the same place, with what they are clustered by. */
export interface ClusteredSamples {
  /** The samples; their tokens are those that the engine wrote. */
  readonly samples: readonly ScoredText[];
  /** Of the original first, then of the samples. */
  readonly syntax: SyntaxClusters;
  /** The same by what they do; null where nobody can say. */
  readonly behaviour: readonly number[] | null;
}

/**
 * What samples of a place say of what stands there, by name (docs/metrics.md, second opinions). What cannot be had is
 * absent: all without samples, the vote where nothing was scored, behaviour where nothing could be run.
 *
 *     syntaxEquivalenceRate   share of the samples that are the same code as the original
 *     syntaxEntropy           entropy of the clusters, original included, in nats; syntaxNegentropy scales it to 1 for one cluster
 *     syntaxSetsConfidence    1 less what further clusters there are, by the number of samples
 *     functional...           the same four by what the code does
 *     sampleEntropy           discrete semantic entropy: entropy of the samples' clusters alone, in nats (by behaviour where it
 *                             is known, else by syntax), the original not counted
 *     degreeUncertainty, eigenvalueUncertainty, eccentricityUncertainty
 *                             of the samples, like each other by `editSimilarity` of their leaves
 *     originalSimilarity      mean `editSimilarity` of the original to the samples
 *     voteShare               share of the original's code in a vote of the different samples weighted by e^(mean ln p);
 *                             greatestVoteShare: that of the code with most
 *
 * @throws CandorError `bad-call` where there is not one cluster for the original and each sample
 */
export function opinionMeasures({ samples, syntax, behaviour }: ClusteredSamples): SignalValues {
  const answerCount = samples.length + 1;
  for (const column of [syntax.clusters, syntax.words, behaviour ?? syntax.clusters]) {
    if (column.length !== answerCount) {
      throw new CandorError('bad-call', 'The original and each sample have one cluster each: cluster them together.');
    }
  }
  if (samples.length === 0) return {};
  return {
    ...agreement('syntax', syntax.clusters),
    ...(behaviour !== null && agreement('functional', behaviour)),
    sampleEntropy: entropyNats((behaviour ?? syntax.clusters).slice(1)),
    ...likeness(syntax.words),
    ...vote(samples, syntax.clusters),
  };
}

function agreement(by: 'syntax' | 'functional', clusters: readonly number[]): SignalValues {
  const [original = '', ...samples] = clusters.map(String);
  const measures = clusterMeasures(clusterSizesOf(original, samples));
  if (measures === null) return {};
  return {
    [`${by}EquivalenceRate`]: measures.functionalEquivalenceRate,
    [`${by}Entropy`]: measures.functionalEntropyNats,
    [`${by}Negentropy`]: measures.functionalNegentropy,
    [`${by}SetsConfidence`]: measures.functionalSetsConfidence,
  };
}

function entropyNats(clusters: readonly number[]): number {
  const sizes = [...Map.groupBy(clusters, (cluster) => cluster).values()].map(({ length }) => length);
  return sizes.reduce((sum, size) => sum + (size / clusters.length) * Math.log(clusters.length / size), 0);
}

function likeness([original = [], ...samples]: readonly (readonly string[])[]): SignalValues {
  const count = samples.length;
  const similarities = new Float64Array(count * count);
  for (const [row, one] of samples.entries()) {
    for (const [column, other] of samples.entries()) {
      if (column < row) continue;
      const similarity = row === column ? 1 : editSimilarity(one, other);
      similarities[row * count + column] = similarity;
      similarities[column * count + row] = similarity;
    }
  }
  const measures = similarityMeasures(similarities, count);
  const toOriginal = samples.reduce((sum, sample) => sum + editSimilarity(original, sample), 0) / count;
  return {
    originalSimilarity: toOriginal,
    ...(measures !== null && {
      degreeUncertainty: measures.degreeUncertainty,
      eigenvalueUncertainty: measures.eigenvalueUncertainty,
      eccentricityUncertainty: measures.eccentricityUncertainty,
    }),
  };
}

function vote(samples: readonly ScoredText[], [original, ...clusters]: readonly number[]): SignalValues {
  const shares = clusterVotes(samples, clusters);
  const [greatest] = shares;
  if (greatest === undefined) return {};
  return {
    voteShare: shares.find(({ cluster }) => cluster === String(original))?.share ?? 0,
    greatestVoteShare: greatest.share,
  };
}
