import type { TokenView } from './tokenView.ts';

/** Two log-probabilities this near are one and the same: the token itself, found in its list. */
const SAME_NATS = 1e-6;

/**
 * The known choices at each token: the probabilities of its alternatives and its own, most likely first. Not
 * renormalised: they sum to at most 1, and what is missing lies with choices that nobody listed.
 *
 * Servers list the k likeliest, with the chosen token only if it is among them. So the token joins its alternatives as
 * one choice more, unless one of them has its very log-probability and is thus the token itself. Texts are not compared:
 * servers spell one token in different ways in the two places. Undefined when a token has fewer than two choices.
 */
export function choicesOf({ logprobsNats, alternatives }: TokenView): readonly (readonly number[])[] | undefined {
  if (alternatives === undefined) return undefined;
  const all: (readonly number[])[] = [];
  for (const [index, chosenNats] of logprobsNats.entries()) {
    const listedNats = (alternatives[index] ?? []).map((alternative) => alternative.logprobNats);
    const isListed = listedNats.some((nats) => Math.abs(nats - chosenNats) <= SAME_NATS);
    const nats = isListed ? listedNats : [...listedNats, chosenNats];
    if (nats.length < 2) return undefined;
    all.push(nats.map(Math.exp).sort((a, b) => b - a));
  }
  return all;
}

/**
 * Negentropy of each token: 1 - H / ln k, where H is the entropy of its k known choices, renormalised. 0: all equally
 * likely; 1: one has everything. Undefined when a token has fewer than two choices.
 */
export function negentropiesOf(view: TokenView): Float64Array | undefined {
  const choices = choicesOf(view);
  return choices && Float64Array.from(choices, negentropy);
}

function negentropy(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  let entropyNats = 0;
  for (const probability of probabilities) {
    const share = probability / sum;
    if (share > 0) entropyNats -= share * Math.log(share);
  }
  // Rounding may leave the interval by an ulp.
  return Math.min(1, Math.max(0, 1 - entropyNats / Math.log(probabilities.length)));
}
