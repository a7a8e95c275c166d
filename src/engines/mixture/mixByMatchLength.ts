/** Match lengths from this one on share their weights: the longest contexts say much the same. */
const LONGEST_MATCH = 9;

/**
 * The experts: shares that the neural engine could always have. `docs/decisions/mixture-weights.md` says where these and
 * SHARE come from.
 */
const NEURAL_SHARES: readonly number[] = [0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99];

/** How fast old merits fade: at each token this part of the belief in the experts goes back to being even. */
const SHARE = 0.005;

export interface TokenOpinions {
  /** Log-probabilities of the same tokens by the two engines, in nats; NaN: unscored. */
  readonly neuralLogprobsNats: Float64Array;
  readonly cacheLogprobsNats: Float64Array;
  /** Length of the longest context before each token that the cache had seen. */
  readonly knownContexts: Float64Array;
}

export interface Mixed {
  readonly logprobsNats: Float64Array;
  /** The neural engine's weight at each token, in [0.01, 0.99]. */
  readonly neuralWeights: Float64Array;
}

/**
 * Mixes two engines token by token: P = w P_neural + (1 - w) P_cache.
 *
 * Each expert mixes with a share s of its own that never changes: P_s = s P_neural + (1 - s) P_cache. The belief in each
 * expert, for each match length its own, begins even, is learned along the text by Bayes' rule, and drifts by a fixed
 * share (Herbster & Warmuth 1998):
 *
 *     w = sum of belief_s s      after each token   belief_s <- belief_s P_s / P   and then   (1 - share) belief_s + share / 7
 *
 * With the two engines themselves as the only experts w would run to 0 or 1, where code wants both: mostly the best weight
 * lies between.
 *
 * The weight depends on the tokens before and on how long a context the cache knows, never on the token itself, so the
 * mixture of two distributions is one. A token that either engine left unscored stays unscored, and teaches nothing.
 */
export function mixByMatchLength({ neuralLogprobsNats, cacheLogprobsNats, knownContexts }: TokenOpinions): Mixed {
  const beliefsByLength = Array.from({ length: LONGEST_MATCH + 1 }, () =>
    new Float64Array(NEURAL_SHARES.length).fill(1 / NEURAL_SHARES.length),
  );
  const logprobsNats = new Float64Array(neuralLogprobsNats.length);
  const neuralWeights = new Float64Array(neuralLogprobsNats.length);
  for (let token = 0; token < logprobsNats.length; token++) {
    const beliefs = beliefsByLength[Math.min(LONGEST_MATCH, knownContexts[token] ?? 0)] ?? new Float64Array();
    const neural = Math.exp(neuralLogprobsNats[token] ?? Number.NaN);
    const cache = Math.exp(cacheLogprobsNats[token] ?? Number.NaN);
    const weight = NEURAL_SHARES.reduce((sum, share, expert) => sum + share * (beliefs[expert] ?? 0), 0);
    const mixed = weight * neural + (1 - weight) * cache;
    neuralWeights[token] = weight;
    logprobsNats[token] = Math.min(0, Math.log(mixed));
    if (mixed > 0) learn(beliefs, neural / mixed, cache / mixed);
  }
  return { logprobsNats, neuralWeights };
}

/** Bayes' rule and the drift. The two ratios say how much better each engine was than their mixture. */
function learn(beliefs: Float64Array, neuralRatio: number, cacheRatio: number): void {
  for (const [expert, share] of NEURAL_SHARES.entries()) {
    const merit = share * neuralRatio + (1 - share) * cacheRatio;
    beliefs[expert] = (1 - SHARE) * (beliefs[expert] ?? 0) * merit + SHARE / NEURAL_SHARES.length;
  }
}
