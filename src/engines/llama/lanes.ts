import type { TokenEvaluator } from './tokenEvaluator.ts';

/**
 * Several evaluators of one model, each with a context of its own: while one hands out its numbers, which keeps one core
 * busy for a third of the time, another computes.
 */
export interface Lanes extends Pick<TokenEvaluator, 'contextTokens' | 'startToken'> {
  /** Most works that are under way at once. */
  readonly most: number;
  /**
   * Does a work with an evaluator that nobody else uses: of those that are free, the one that has evaluated most of
   * `tokens` already. Where none is free it waits, first come, first served, and opens another if there may be more.
   * @throws the signal's reason when it is aborted before the work began
   */
  use<T>(tokens: readonly number[], signal: AbortSignal, work: (evaluator: TokenEvaluator) => Promise<T>): Promise<T>;
}

/**
 * @param first an evaluator that is open already
 * @param most how many there may be
 * @param openAnother opens one more; where that fails, for want of memory, those that are open must do
 */
export function createLanes(
  first: TokenEvaluator,
  most = 1,
  openAnother: () => Promise<TokenEvaluator> = () => Promise.reject(new Error('There is one only.')),
): Lanes {
  let openCount = 1;
  const free = [first];
  const waiting: ((evaluator: TokenEvaluator) => void)[] = [];
  let mayGrow = true;

  async function grow(): Promise<void> {
    if (!mayGrow || openCount >= most) return;
    mayGrow = false;
    try {
      const another = await openAnother();
      openCount += 1;
      mayGrow = true;
      release(another);
    } catch {
      // There is no room for more, and there will not be.
    }
  }

  function take(tokens: readonly number[]): TokenEvaluator | undefined {
    const best = free.toSorted((a, b) => b.knownTokens(tokens) - a.knownTokens(tokens))[0];
    if (best !== undefined) free.splice(free.indexOf(best), 1);
    return best;
  }

  function release(evaluator: TokenEvaluator): void {
    const next = waiting.shift();
    if (next === undefined) free.push(evaluator);
    else next(evaluator);
  }

  function handedOver(signal: AbortSignal): Promise<TokenEvaluator> {
    const { promise, resolve, reject } = Promise.withResolvers<TokenEvaluator>();
    const receive = (evaluator: TokenEvaluator): void => {
      signal.removeEventListener('abort', giveUp);
      resolve(evaluator);
    };
    const giveUp = (): void => {
      waiting.splice(waiting.indexOf(receive), 1);
      reject(signal.reason);
    };
    waiting.push(receive);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise;
  }

  return {
    contextTokens: first.contextTokens,
    startToken: first.startToken,
    most,
    async use(tokens, signal, work) {
      signal.throwIfAborted();
      let evaluator = take(tokens);
      if (evaluator === undefined) {
        const handed = handedOver(signal);
        void grow();
        evaluator = await handed;
      }
      try {
        return await work(evaluator);
      } finally {
        release(evaluator);
      }
    },
  };
}
