import type { TokenMeasures } from './scoredText.ts';

/**
 * The measures of some tokens, in an order of their own.
 * @param origins of each its index among the measured ones; -1 for a token of which nothing is known
 */
export function pickMeasures(measures: TokenMeasures, origins: readonly number[]): TokenMeasures {
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(origins, (origin) => column[origin] ?? Number.NaN);
  const { logprobsNats, entropiesNats, ranks, seenContexts, knownContexts } = measures;
  return {
    logprobsNats: pick(logprobsNats),
    ...(entropiesNats && { entropiesNats: pick(entropiesNats) }),
    ...(ranks && { ranks: pick(ranks) }),
    ...(seenContexts && { seenContexts: pick(seenContexts) }),
    ...(knownContexts && { knownContexts: pick(knownContexts) }),
  };
}
