import type { Category, Source } from '../words.ts';

/** What a model gave to some tokens, added up. Tallies of one model add up. */
export interface TokenTally {
  readonly count: number;
  /** Sum of the tokens' probabilities. */
  readonly probability: number;
  /** Sum of their log-probabilities, clamped as in the signals. */
  readonly logprobNats: number;
  /** How many of them have a probability in each twentieth of [0, 1], the lowest first: 20 counts. */
  readonly twentieths: readonly number[];
}

/** How sure one model was of the scored tokens of a text, by syntax category. Each token is of one category at most. */
export interface CategoryTallies {
  readonly source: Source;
  /** A category without a token is absent. */
  readonly categories: Readonly<Partial<Record<Category, TokenTally>>>;
  /** Tokens of no category. */
  readonly leftOut: number;
}

/** Steps of `TokenTally.twentieths`. */
export const PROBABILITY_STEPS = 20;

/** @param logprobsNats at most 0, and not below what the signals clamp to */
export function tokenTally(logprobsNats: readonly number[]): TokenTally {
  const twentieths = new Array<number>(PROBABILITY_STEPS).fill(0);
  let [probability, logprobNats] = [0, 0];
  for (const logprob of logprobsNats) {
    const own = Math.exp(logprob);
    const step = Math.min(PROBABILITY_STEPS - 1, Math.floor(PROBABILITY_STEPS * own));
    twentieths[step] = (twentieths[step] ?? 0) + 1;
    probability += own;
    logprobNats += logprob;
  }
  return { count: logprobsNats.length, probability, logprobNats, twentieths };
}

/** Tallies of one model, added up. */
export function sumOfTallies(tallies: readonly TokenTally[]): TokenTally {
  const total = (of: (tally: TokenTally) => number): number => tallies.reduce((sum, tally) => sum + of(tally), 0);
  return {
    count: total(({ count }) => count),
    probability: total(({ probability }) => probability),
    logprobNats: total(({ logprobNats }) => logprobNats),
    twentieths: Array.from({ length: PROBABILITY_STEPS }, (_, step) => total((tally) => tally.twentieths[step] ?? 0)),
  };
}

/**
 * The probability below which a share of the tokens lies, in [0, 1]; within a twentieth they are taken to lie evenly.
 *
 * @param share in [0, 1]: a half is the median
 * @returns null where there is no token
 */
export function probabilityBelow({ count, twentieths }: TokenTally, share: number): number | null {
  if (count === 0) return null;
  let left = share * count;
  for (const [step, own] of twentieths.entries()) {
    if (own > 0 && left <= own) return (step + left / own) / PROBABILITY_STEPS;
    left -= own;
  }
  return 1;
}
