/** The model, as far as scoring and writing need it: tokens in, distributions out. `llamaChild.ts` has the real one. */
export interface TokenEvaluator {
  /** Most tokens that can be evaluated one after the other. */
  readonly contextTokens: number;
  /** What the model has before every text: its beginning-of-text token or, without one, its end-of-text token. */
  readonly startToken: number | null;
  /** Number of tokens evaluated so far, ever. */
  readonly evaluatedTokens: number;
  /** How many of the first of some tokens are evaluated already. */
  knownTokens(tokens: readonly number[]): number;
  /**
   * Evaluates tokens from the start of a context. What was evaluated before, and is a prefix of them, is not evaluated
   * again; what lies behind the last question is not evaluated at all.
   *
   * @param tokens at most `contextTokens`
   * @param questions about the distribution after some of the tokens, in rising order of `after`
   * @param onAnswer called with each answer as it comes, in the questions' order
   * @throws the signal's reason, within one batch, once it is aborted
   */
  evaluate(
    tokens: readonly number[],
    questions: readonly Question[],
    onAnswer: (answer: Answer) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

export interface Question {
  /** Index of the token after which the distribution is asked for. */
  readonly after: number;
  /** The token whose log-probability is wanted. */
  readonly target?: number;
  /** How many of the likeliest tokens are wanted. More than none costs a sort of the vocabulary. */
  readonly topK: number;
}

export interface Answer {
  readonly question: Question;
  /** Log-probability of the target in nats, over the whole vocabulary; NaN without a target. */
  readonly logprobNats: number;
  /** The likeliest token. */
  readonly best: TokenLogprob;
  /** Most likely first; at most `topK`. */
  readonly top: readonly TokenLogprob[];
}

export interface TokenLogprob {
  readonly token: number;
  readonly logprobNats: number;
}

/** What comes before a text's tokens. */
export function startTokens({ startToken }: Pick<TokenEvaluator, 'startToken'>): readonly number[] {
  return startToken === null ? [] : [startToken];
}
