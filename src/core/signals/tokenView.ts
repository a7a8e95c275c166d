import { LEAST_LOGPROB_NATS } from '../scoredRow.ts';
import type { ScoredText } from '../scoredText.ts';
import type { Alternative } from '../words.ts';

/**
 * The tokens that a signal is computed from: scored tokens of code, in columns of equal length. Who makes the view has
 * left out comments and layout; tokens that nobody scored are never in it.
 */
export interface TokenView {
  /** Log-probability in nats, in [LEAST_LOGPROB_NATS, 0]. */
  readonly logprobsNats: Float64Array;
  /** Entropy of the distribution over the vocabulary, in nats, at least 0; NaN: unknown. */
  readonly entropiesNats?: Float64Array;
  /** Rank among all that could stand there, from 1; NaN: unknown. */
  readonly ranks?: Float64Array;
  /** Longest context, in tokens, in which the token had been seen before; NaN: it was never seen. */
  readonly seenContexts?: Float64Array;
  /** What else could have stood there, most likely first; undefined: unknown. */
  readonly alternatives?: readonly (readonly Alternative[] | undefined)[];
}

/**
 * The view of some tokens of a scored text. Leaves out unscored tokens and indices that the text does not have. A column
 * is there when the engine gave it, even where it knows nothing of single tokens.
 */
export function viewOf(scored: ScoredText, tokenIndices: Iterable<number>): TokenView {
  const { logprobsNats, entropiesNats, ranks, seenContexts } = scored.measures;
  const indices: number[] = [];
  for (const index of tokenIndices) if (!Number.isNaN(logprobsNats[index] ?? Number.NaN)) indices.push(index);
  const clamped = pick(logprobsNats, indices);
  for (let place = 0; place < clamped.length; place++) {
    clamped[place] = Math.max(clamped[place] ?? 0, LEAST_LOGPROB_NATS);
  }
  return {
    logprobsNats: clamped,
    ...(entropiesNats && { entropiesNats: pick(entropiesNats, indices) }),
    ...(ranks && { ranks: pick(ranks, indices) }),
    ...(seenContexts && { seenContexts: pick(seenContexts, indices) }),
    ...(scored.alternatives.size > 0 && {
      alternatives: indices.map((index) => scored.alternatives.get(index)),
    }),
  };
}

function pick(column: Float64Array, indices: readonly number[]): Float64Array {
  const picked = new Float64Array(indices.length);
  for (let place = 0; place < picked.length; place++) picked[place] = column[indices[place] ?? -1] ?? Number.NaN;
  return picked;
}
