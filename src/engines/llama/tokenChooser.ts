import { seededRandom } from '../../core/seededRandom.ts';
import type { Sampling } from '../engine.ts';
import { drawToken } from './drawToken.ts';
import type { Answer, TokenLogprob } from './tokenEvaluator.ts';

/** Which of the tokens that may come next is written. A token keeps the number that the model gave it. */
export interface TokenChooser {
  /** How many of the likeliest tokens it wants to see. */
  readonly topK: number;
  /**
   * Of all tokens.
   * @param ask answers again, with more of the likeliest tokens
   */
  readonly ofAll: (
    next: Answer,
    ask: (topK: number) => Promise<Answer | undefined>,
  ) => Promise<TokenLogprob | undefined>;
  /** Of some tokens, most likely first, as if there were no others; undefined for none. */
  readonly of: (tokens: readonly TokenLogprob[]) => TokenLogprob | undefined;
}

/** Takes the likeliest token, which every answer names. */
export const likeliestChooser: TokenChooser = {
  topK: 0,
  ofAll: ({ best }) => Promise.resolve(best),
  of: ([likeliest]) => likeliest,
};

/** So many of the likeliest tokens tell most draws; to have all of them sorted doubles the cost of a small model's token. */
const TOP_TO_DRAW = 200;

/** Draws tokens: one number of the seeded generator for each, whatever comes out. */
export function drawingChooser({ temperature, seed }: Sampling, vocabularySize: number): TokenChooser {
  const random = seededRandom(seed);
  return {
    topK: temperature > 1 ? vocabularySize : TOP_TO_DRAW,
    ofAll: async ({ top }, ask) => {
      const share = random.uniform();
      const unlistedCount = Math.max(0, vocabularySize - top.length);
      const drawn = drawToken(top, { temperature, share, unlistedCount });
      if (drawn !== null) return drawn;
      const whole = await ask(vocabularySize);
      return drawToken(whole?.top ?? [], { temperature, share, unlistedCount: 0 }) ?? undefined;
    },
    of: (tokens) => drawToken(tokens, { temperature, share: random.uniform(), unlistedCount: 0 }) ?? undefined,
  };
}
