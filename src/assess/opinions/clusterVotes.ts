import { probabilityWeightedVote, type ClusterShare } from '../../core/opinions/probabilityWeightedVote.ts';
import type { ScoredText } from '../../core/scoredText.ts';

/**
 * The vote of samples for their clusters, each different text weighing its own probability (`probabilityWeightedVote`). Samples that nobody
 * scored in full have no vote; two texts that are the same code are two ways to one answer.
 *
 * @param clusters number of the cluster of each sample, which names it
 */
export function clusterVotes(samples: readonly ScoredText[], clusters: readonly number[]): readonly ClusterShare[] {
  return probabilityWeightedVote(
    samples.flatMap(({ text, measures: { logprobsNats } }, index) => {
      const meanLogprobNats = logprobsNats.reduce((sum, logprob) => sum + logprob, 0) / logprobsNats.length;
      return Number.isFinite(meanLogprobNats)
        ? [{ path: text, cluster: String(clusters[index]), meanLogprobNats }]
        : [];
    }),
  );
}
