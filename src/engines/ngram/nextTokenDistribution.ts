import { BACK_OFF_WEIGHTS } from './interpolate.ts';
import type { Ranges, Scope } from './scope.ts';
import { TokenCounts } from './tokenCounts.ts';
import type { NgramShape } from './tokenIndex.ts';

/** Gives the whole distribution of the token after a text: a probability for each token id; they add up to 1. */
export type NextTokens = (before: Uint16Array) => Float64Array;

/**
 * The whole distribution of the token after `before`: what `scoreTokens` says of one token, said of every token of the
 * vocabulary. It is the slow way, for the few places whose entropy and alternatives will be shown, and the measure that
 * the fast way is held to.
 *
 * @param before all tokens of the text so far, without the `endOfText` that leads it
 * @returns a probability for each token id; they add up to 1
 */
export function nextTokenDistribution(before: Uint16Array, scopes: readonly Scope[], shape: NgramShape): Float64Array {
  return nextTokensOf(scopes, shape)(before);
}

/** `nextTokenDistribution` for places that lie near each other: what was looked up for one is kept for the others. */
export function nextTokensOf(scopes: readonly Scope[], shape: NgramShape): NextTokens {
  const contexts = scopes.map((scope) => new ContextMemory(scope));
  const counts = new TokenCounts(shape.vocabularySize);
  const believeScopes = (beliefs: Float64Array, context: Uint16Array): void => {
    scopes.forEach((scope, slot) => {
      counts.clear();
      scope.countContinuations(contexts[slot]?.find(context) ?? scope.everything(), context.length, counts);
      refine(beliefs, counts, scope.backOffWeight);
    });
  };
  // Without context the scopes say the same at every place.
  const withoutContext = new Float64Array(shape.vocabularySize).fill(1 / shape.vocabularySize);
  believeScopes(withoutContext, new Uint16Array());

  return (before) => {
    const sequence = new Uint16Array(before.length + 1);
    sequence[0] = shape.endOfText;
    sequence.set(before, 1);
    const beliefs = withoutContext.slice();
    // The first token of the sequence is the text's beginning, which nothing predicts.
    let places = new Uint32Array(before.length);
    for (let index = 0; index < places.length; index++) places[index] = index + 1;
    for (let depth = 0; depth < shape.order && depth <= sequence.length; depth++) {
      const context = sequence.subarray(sequence.length - depth);
      if (depth > 0) {
        believeScopes(beliefs, context);
        places = places.filter((place) => sequence[place - depth] === context[0]);
      }
      counts.clear();
      for (const place of places) counts.add(sequence[place] ?? 0, 1);
      refine(beliefs, counts, BACK_OFF_WEIGHTS.textSoFar);
    }
    return beliefs;
  };
}

/** Where the contexts that were asked for lie in a scope: most of them go on from one that was asked for before. */
class ContextMemory {
  readonly #scope: Scope;
  readonly #known = new Map<string, Ranges>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  find(context: Uint16Array): Ranges {
    if (context.length === 0) return this.#scope.everything();
    const key = context.join();
    let ranges = this.#known.get(key);
    if (ranges === undefined) {
      const depth = context.length - 1;
      const shorter = this.find(context.subarray(0, depth));
      ranges = new Uint32Array(shorter.length);
      this.#scope.narrow(shorter, 0, depth, context[depth] ?? 0, ranges, 0);
      this.#known.set(key, ranges);
    }
    return ranges;
  }
}

/** `interpolate`, for all tokens at once: most of them only share what is left for the unseen. */
function refine(beliefs: Float64Array, counts: TokenCounts, weight: number): void {
  const { total, types } = counts;
  if (total === 0) return;
  const k = weight * types;
  const keptShare = k / (total + k);
  for (let token = 0; token < beliefs.length; token++) beliefs[token] = (beliefs[token] ?? 0) * keptShare;
  counts.forEach((token, count) => {
    beliefs[token] = (beliefs[token] ?? 0) + count / (total + k);
  });
}
