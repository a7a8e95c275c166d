import { CandorError } from '../candorError.ts';

/**
 * How many of an original and its m samples do the same: the sizes of their clusters. What makes two of them equal
 * (normalised syntax, behaviour on inputs) was decided elsewhere.
 */
export interface ClusterSizes {
  /** Of the cluster that holds the original, which counts itself: at least 1. */
  readonly original: number;
  /** Of the clusters without it, in any order: each at least 1. */
  readonly others: readonly number[];
}

/** Measures of agreement; all but the entropy are 1 where all samples do what the original does, and 0 where no two agree. */
export interface ClusterMeasures {
  /** m. */
  readonly sampleCount: number;
  /** Of the original and its samples together: from 1 to m + 1. */
  readonly clusterCount: number;
  /** FER: the share of the m samples that do what the original does. In [0, 1]. */
  readonly functionalEquivalenceRate: number;
  /** FE: entropy of the clusters, in nats. In [0, ln (m + 1)]. */
  readonly functionalEntropyNats: number;
  /** NFN = 1 - FE / ln (m + 1). In [0, 1]. */
  readonly functionalNegentropy: number;
  /** FSC = (m + 1 - clusters) / m. In [0, 1]. */
  readonly functionalSetsConfidence: number;
}

/**
 * How far an original answer and m samples of the same request agree, by what they do. The original is one of the m + 1
 * answers that are clustered, and each answer weighs the same:
 *
 *     FER = (original - 1) / m,      FE = -sum (size / (m + 1)) ln (size / (m + 1)),      original included in both
 *
 * FER speaks of the original; NFN and FSC of the request, so they are high as well where all samples agree on something
 * else. A sample that is no code, or was not understood, is a cluster of its own.
 *
 * Bouchard and others (UQLM, `CodeGenUQ`); FE without token probabilities. There a model judges pairs; here equality is
 * transitive, so that the share of pairs and of the cluster are one.
 *
 * @returns null without samples
 * @throws CandorError `bad-call` where a size is no whole number of at least 1
 */
export function clusterMeasures({ original, others }: ClusterSizes): ClusterMeasures | null {
  const sizes = [original, ...others];
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    throw new CandorError('bad-call', 'A cluster has at least one answer: leave out the empty ones and count again.');
  }
  const answerCount = sizes.reduce((sum, size) => sum + size, 0);
  const sampleCount = answerCount - 1;
  if (sampleCount === 0) return null;
  const entropyNats = sizes.reduce((sum, size) => sum + (size / answerCount) * Math.log(answerCount / size), 0);
  return {
    sampleCount,
    clusterCount: sizes.length,
    functionalEquivalenceRate: (original - 1) / sampleCount,
    functionalEntropyNats: entropyNats,
    // Below 0 only by rounding.
    functionalNegentropy: Math.max(0, 1 - entropyNats / Math.log(answerCount)),
    functionalSetsConfidence: (answerCount - sizes.length) / sampleCount,
  };
}

/** The sizes of clusters from a name for each answer: equal names, equal cluster. */
export function clusterSizesOf(original: string, samples: readonly string[]): ClusterSizes {
  const sizes = new Map([[original, 1]]);
  for (const name of samples) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const [own = 1, ...others] = sizes.values();
  return { original: own, others };
}
