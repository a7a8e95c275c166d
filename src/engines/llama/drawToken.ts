import type { TokenLogprob } from './tokenEvaluator.ts';

export interface Draw {
  /** Above 0. */
  readonly temperature: number;
  /** Where in the distribution the draw falls, in [0, 1). */
  readonly share: number;
  /** How many tokens there are that are not listed. With any, the temperature is at most 1. */
  readonly unlistedCount: number;
}

/**
 * Draws from a distribution after a temperature T, of which only the likeliest tokens may be known. Token i has the weight
 *
 *     w_i = (p_i / p_1)^(1/T)      and is drawn if   w_1 + ... + w_(i-1)  <=  share W  <  w_1 + ... + w_i,   W the sum of all
 *
 * Of n tokens that are not listed, the probability R that is left for them is known, and that none has more than the last one
 * listed. As x^(1/T) is convex, their weights sum to at least what they would if R were spread evenly among them, and
 * at most to what they would if as few as can be had it:
 *
 *     n (R / n p_1)^(1/T)   <=   W - sum of listed   <=   R / p_1 (p_k / p_1)^(1/T - 1)
 *
 * At T = 1 the two are the same. So mostly the draw is told by a few tokens, and it is the one that all of them would give.
 *
 * @param listed most likely first
 * @returns the token as it was listed; null where tokens that are not listed decide
 */
export function drawToken(
  listed: readonly TokenLogprob[],
  { temperature, share, unlistedCount }: Draw,
): TokenLogprob | null {
  const [first, last] = [listed[0], listed.at(-1)];
  if (first === undefined || last === undefined) return null;
  let sum = 0;
  const sums = listed.map(({ logprobNats }) => (sum += Math.exp((logprobNats - first.logprobNats) / temperature)));
  const at = (weight: number): number => sums.findIndex((upTo) => upTo > share * weight);
  if (unlistedCount === 0) return listed[at(sum)] ?? last;
  const left = Math.max(0, 1 - listed.reduce((mass, { logprobNats }) => mass + Math.exp(logprobNats), 0));
  const leftRatio = left / Math.exp(first.logprobNats);
  const least = unlistedCount * (leftRatio / unlistedCount) ** (1 / temperature);
  const most = leftRatio * Math.exp((last.logprobNats - first.logprobNats) * (1 / temperature - 1));
  const place = at(sum + least);
  return place === at(sum + most) ? (listed[place] ?? null) : null;
}
