/** Match lengths from this one on share their weight: the longest contexts say much the same. */
const LONGEST_MATCH = 9;

/** How fast old merits fade: at each token this part of the weights goes back to the prior. */
const SHARE = 0.02;

export interface TokenOpinions {
  /** Log-probabilities of the same tokens by the two engines, in nats; NaN: unscored. */
  readonly neuralLogprobsNats: Float64Array;
  readonly cacheLogprobsNats: Float64Array;
  /** Length of the longest context before each token that the cache had seen. */
  readonly knownContexts: Float64Array;
}

export interface Mixed {
  readonly logprobsNats: Float64Array;
  /** The neural engine's weight at each token, in [0, 1]. */
  readonly neuralWeights: Float64Array;
}

/**
 * Mixes two engines token by token: P = w P_neural + (1 - w) P_cache.
 *
 * The weight is the probability that the neural engine is the one to trust, for each match length its own, learned along
 * the text by Bayes' rule and let drift by a fixed share (Herbster & Warmuth 1998):
 *
 *     after each token    w <- w P_neural / P         then    w <- (1 - share) w + share * prior
 *
 * It depends on the tokens before and on how long a context the cache knows, never on the token itself, so the mixture of
 * two distributions is one. A token that either engine left unscored stays unscored, and teaches nothing.
 *
 * @param priors the neural engine's weight to begin with, by match length from 0 to 9; lengths beyond count as 9
 */
export function mixByMatchLength(opinions: TokenOpinions, priors: readonly number[] = EVEN): Mixed {
  const { neuralLogprobsNats, cacheLogprobsNats, knownContexts } = opinions;
  const weights = Float64Array.from({ length: LONGEST_MATCH + 1 }, (_, length) => priors[length] ?? 0.5);
  const logprobsNats = new Float64Array(neuralLogprobsNats.length);
  const neuralWeights = new Float64Array(neuralLogprobsNats.length);
  for (let token = 0; token < logprobsNats.length; token++) {
    const length = Math.min(LONGEST_MATCH, knownContexts[token] ?? 0);
    const weight = weights[length] ?? 0.5;
    const neural = weight * Math.exp(neuralLogprobsNats[token] ?? Number.NaN);
    const mixed = neural + (1 - weight) * Math.exp(cacheLogprobsNats[token] ?? Number.NaN);
    neuralWeights[token] = weight;
    logprobsNats[token] = Math.min(0, Math.log(mixed));
    if (mixed > 0) weights[length] = (1 - SHARE) * (neural / mixed) + SHARE * (priors[length] ?? 0.5);
  }
  return { logprobsNats, neuralWeights };
}

const EVEN: readonly number[] = Array.from({ length: LONGEST_MATCH + 1 }, () => 0.5);
