import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { sharedLength } from './scoreMemory.ts';
import type { Answer, Question, TokenEvaluator, TokenLogprob } from './tokenEvaluator.ts';

/** What the binding says about the token after an input. */
interface Next {
  readonly token?: Token | null;
  readonly logits?: ReadonlyMap<Token, number>;
  readonly totalLogitWeight?: number;
}

/**
 * The model behind a context of node-llama-cpp.
 *
 * Nothing is sampled: at temperature 0 the binding's chain is greedy, the numbers cover the whole vocabulary as the
 * model gave them, and the token it selects is the likeliest one. So the selected token's logit is the largest, and
 *
 *     logprob(t) = logit(t) - max - ln(sum of exp(logit - max))
 *
 * in nats, without sorting the vocabulary. (The option `includeMax` does not give the largest logit in 3.22.1, and
 * would make every log-probability too high.)
 *
 * @param batchTokens how many tokens are evaluated between two looks at the signal
 * @param onBatch called after each batch
 */
export function createLlamaEvaluator(
  sequence: LlamaContextSequence,
  startToken: number | null,
  batchTokens: number,
  onBatch: () => void,
): TokenEvaluator {
  let evaluatedTokens = 0;
  return {
    // The binding shifts the context away when one place only is left.
    contextTokens: sequence.contextSize - 1,
    startToken,
    get evaluatedTokens() {
      return evaluatedTokens;
    },
    knownTokens: (tokens) => sharedLength(sequence.contextTokens, tokens),
    async evaluate(tokens, questions, onAnswer, signal) {
      const [first, last] = [questions[0], questions.at(-1)];
      if (first === undefined || last === undefined) return;
      const ids = tokens.filter(isToken);
      const reusable = Math.min(first.after, sharedLength(sequence.contextTokens, ids));
      // Some models can not forget single tokens and forget more: what is left tells.
      await sequence.adaptStateToTokens(ids.slice(0, reusable), false);
      let asked = 0;
      for (let at = sequence.nextTokenIndex; at <= last.after; at = sequence.nextTokenIndex) {
        signal.throwIfAborted();
        const end = Math.min(at + batchTokens, last.after + 1);
        const batch: { readonly index: number; readonly question: Question }[] = [];
        for (let next = questions[asked]; next !== undefined && next.after < end; next = questions[++asked]) {
          batch.push({ index: next.after - at, question: next });
        }
        const input: (Token | [Token, ReturnType<typeof asking>])[] = ids.slice(at, end);
        for (const { index, question } of batch) {
          const token = ids[at + index];
          if (token !== undefined) input[index] = [token, asking(question)];
        }
        const output = await sequence.controlledEvaluate(input);
        evaluatedTokens += end - at;
        for (const { index, question } of batch) onAnswer(answerOf(question, output[index]?.next ?? {}));
        onBatch();
      }
    },
  };
}

function asking({ target, topK }: Question) {
  const tokens = target === undefined ? [] : [target].filter(isToken);
  const top = topK > 0 ? { includeTop: topK } : {};
  return {
    generateNext: {
      token: true,
      logits: { filter: { tokens, includeSelected: true, ...top } },
      totalLogitWeight: true,
    },
  };
}

function answerOf(question: Question, { token, logits, totalLogitWeight }: Next): Answer {
  const largest = token === undefined || token === null ? undefined : logits?.get(token);
  if (logits === undefined || largest === undefined || token === undefined || token === null || !totalLogitWeight) {
    throw new Error('The binding gave no logits.');
  }
  const logprobOf = (logit: number): number => Math.min(0, logit - largest - Math.log(totalLogitWeight));
  const top: TokenLogprob[] = Array.from(logits, ([id, logit]) => ({ token: id, logprobNats: logprobOf(logit) }))
    .sort((a, b) => b.logprobNats - a.logprobNats)
    .slice(0, question.topK);
  const target = question.target === undefined ? undefined : [question.target].find(isToken);
  const logit = target === undefined ? undefined : logits.get(target);
  return {
    question,
    logprobNats: logit === undefined ? Number.NaN : logprobOf(logit),
    best: { token, logprobNats: logprobOf(largest) },
    top,
  };
}

/** The binding gives its ids a type of their own. */
function isToken(id: number): id is Token {
  return Number.isInteger(id) && id >= 0;
}
