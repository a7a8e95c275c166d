import { CandorError } from '../candorError.ts';

/** One sample: a way to an answer. */
export interface Vote {
  /** What names the sample's text: two with the same name are the same text, and count once. */
  readonly path: string;
  /** What names its cluster: two with the same name do the same. */
  readonly cluster: string;
  /** Mean log-probability of its tokens, in nats, at most 0. */
  readonly meanLogprobNats: number;
}

/** What share of the votes a cluster has. */
export interface ClusterShare {
  readonly cluster: string;
  /** In (0, 1]; those of all clusters sum to 1. */
  readonly share: number;
}

/**
 * Shares of clusters, each different sample weighted by its own probability for length, e^(mean ln p):
 *
 *     share of a cluster = sum of its different paths' weights / sum over all clusters
 *
 * From RPC (reasoning-pruning perplexity consistency; NeurIPS 2025, public code WNJXYK/RPC) this is the perplexity
 * consistency. Left out is the pruning of unlikely paths by a mixture of two Weibull distributions: it wants 64 samples and
 * more, and second opinions are ten at most. Of samples that are equally likely it is a majority vote; a text drawn again
 * adds nothing, for its probability is already counted.
 *
 * @param votes of one source: weights of two models do not compare
 * @returns the greatest share first, equal ones by name; empty without votes
 * @throws CandorError `bad-call` where a number is no mean log-probability, or one path lies in two clusters
 */
export function probabilityWeightedVote(votes: readonly Vote[]): readonly ClusterShare[] {
  const paths = differentPaths(votes);
  if (paths.length === 0) return [];
  // By the greatest, so that the likeliest path weighs 1 and not all can vanish.
  const greatest = Math.max(...paths.map(({ meanLogprobNats }) => meanLogprobNats));
  const weights = new Map<string, number>();
  for (const { cluster, meanLogprobNats } of paths) {
    weights.set(cluster, (weights.get(cluster) ?? 0) + Math.exp(meanLogprobNats - greatest));
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return Array.from(weights, ([cluster, weight]) => ({ cluster, share: weight / total })).sort(
    (left, right) => right.share - left.share || (left.cluster < right.cluster ? -1 : 1),
  );
}

/** Each path once, in an order that does not depend on the votes', with the greatest of its numbers. */
function differentPaths(votes: readonly Vote[]): Vote[] {
  const paths = new Map<string, Vote>();
  for (const vote of votes) {
    if (!(vote.meanLogprobNats <= 0 && vote.meanLogprobNats > -Infinity)) {
      throw new CandorError('bad-call', 'A mean log-probability is finite and at most 0: leave out unscored samples.');
    }
    const known = paths.get(vote.path);
    if (known !== undefined && known.cluster !== vote.cluster) {
      throw new CandorError('bad-call', 'One text cannot lie in two clusters: name paths and clusters anew.');
    }
    if (known === undefined || known.meanLogprobNats < vote.meanLogprobNats) paths.set(vote.path, vote);
  }
  return [...paths.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}
