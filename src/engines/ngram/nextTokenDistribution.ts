import { BACK_OFF_WEIGHTS } from './interpolate.ts';
import type { Ranges, Scope } from './scope.ts';
import type { NgramShape } from './tokenIndex.ts';

/**
 * The whole distribution of the token after `before`: what `scoreTokens` says of one token, said of every token of the
 * vocabulary. It is the slow way, for the few places whose entropy and alternatives will be shown, and the measure that
 * the fast way is held to.
 *
 * @param before all tokens of the text so far, without the `endOfText` that leads it
 * @returns a probability for each token id; they add up to 1
 */
export function nextTokenDistribution(before: Uint16Array, scopes: readonly Scope[], shape: NgramShape): Float64Array {
  const sequence = new Uint16Array(before.length + 1);
  sequence[0] = shape.endOfText;
  sequence.set(before, 1);

  const beliefs = new Float64Array(shape.vocabularySize).fill(1 / shape.vocabularySize);
  let ranges = scopes.map((scope) => scope.everything());
  // The first token of the sequence is the text's beginning, which nothing predicts.
  let places = Array.from(before, (_, index) => index + 1);
  for (let depth = 0; depth < shape.order; depth++) {
    scopes.forEach((scope, slot) => {
      refine(beliefs, countInScope(scope, ranges[slot], depth), scope.backOffWeight);
    });
    refine(beliefs, countTokens(sequence, places), BACK_OFF_WEIGHTS.textSoFar);
    if (depth >= sequence.length) break;
    const context = sequence.subarray(sequence.length - depth - 1);
    ranges = scopes.map((scope) => find(scope, context));
    places = places.filter((place) => sequence[place - depth - 1] === context[0]);
  }
  return beliefs;
}

/** How often each token follows a context. */
type Continuations = ReadonlyMap<number, number>;

function countInScope(scope: Scope, ranges: Ranges | undefined, depth: number): Continuations {
  const counts = new Map<number, number>();
  if (ranges !== undefined) scope.forEachContinuation(ranges, depth, (token, count) => counts.set(token, count));
  return counts;
}

function countTokens(sequence: Uint16Array, places: readonly number[]): Continuations {
  const counts = new Map<number, number>();
  for (const place of places) {
    const token = sequence[place] ?? 0;
    counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  return counts;
}

function find(scope: Scope, context: Uint16Array): Ranges {
  let ranges = scope.everything();
  context.forEach((token, depth) => {
    const continued = new Uint32Array(ranges.length);
    scope.narrow(ranges, 0, depth, token, continued, 0);
    ranges = continued;
  });
  return ranges;
}

/** `interpolate`, for all tokens at once: most of them only share what is left for the unseen. */
function refine(beliefs: Float64Array, counts: Continuations, weight: number): void {
  let total = 0;
  for (const count of counts.values()) total += count;
  if (total === 0) return;
  const k = weight * counts.size;
  const keptShare = k / (total + k);
  for (let token = 0; token < beliefs.length; token++) beliefs[token] = (beliefs[token] ?? 0) * keptShare;
  for (const [token, count] of counts) beliefs[token] = (beliefs[token] ?? 0) + count / (total + k);
}
