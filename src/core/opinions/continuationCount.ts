import { CandorError } from '../candorError.ts';

/** How many continuations to sample, and between which entropies the number rises. */
export interface ContinuationSettings {
  readonly fewest: number;
  readonly most: number;
  /** Up to this entropy the fewest are sampled. */
  readonly lowEntropyNats: number;
  /** From this entropy on, the most. */
  readonly highEntropyNats: number;
}

/** One path where the model is sure, forty where it is lost. The authors also ran 0.5 to 3.5, and 0.01 to 1.5 with 10. */
export const DEFAULT_CONTINUATION_SETTINGS: ContinuationSettings = {
  fewest: 1,
  most: 40,
  lowEntropyNats: 1,
  highEntropyNats: 3,
};

/**
 * How many continuations to sample from a place, by the entropy of the next token there:
 *
 *     N = fewest + (most - fewest) clamp((H - low) / (high - low), 0, 1),   rounded down
 *
 * Wang and others, Cautious Next Token Prediction, arXiv 2507.03038; public code wyzjack/CNTP. Taken from it is the number
 * alone: there, all run to the next punctuation and the one of lowest perplexity stays. It rounds down as the code does.
 *
 * @param entropyNats over the whole vocabulary, at least 0
 * @returns a whole number from `fewest` to `most`
 * @throws CandorError `bad-call` where the entropy is none or the settings do not rise
 */
export function continuationCount(
  entropyNats: number,
  settings: ContinuationSettings = DEFAULT_CONTINUATION_SETTINGS,
): number {
  const { fewest, most, lowEntropyNats, highEntropyNats } = settings;
  if (!(entropyNats >= 0)) throw new CandorError('bad-call', 'An entropy is at least 0: give it in nats.');
  const areCounts = Number.isSafeInteger(fewest) && Number.isSafeInteger(most) && fewest >= 0 && most >= fewest;
  if (!areCounts || !(lowEntropyNats >= 0 && highEntropyNats > lowEntropyNats && highEntropyNats < Infinity)) {
    throw new CandorError('bad-call', 'Counts and entropies rise from fewest to most and from low to high: swap them.');
  }
  const share = (entropyNats - lowEntropyNats) / (highEntropyNats - lowEntropyNats);
  return Math.floor(fewest + (most - fewest) * Math.min(1, Math.max(0, share)));
}
