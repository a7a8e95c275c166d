import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { sharedLength } from './scoreMemory.ts';
import type { Answer, Question, TokenEvaluator, TokenLogprob } from './tokenEvaluator.ts';

/**
 * The time between two looks at the signal, and between two signs of life. Longer batches waste less (of 32 tokens each they
 * cost a third more than of 256); whoever gives up is not kept waiting, only the evaluator is.
 */
const BATCH_MS = 3000;
const FIRST_BATCH_TOKENS = 64;
/** Shorter ones would leave the cores waiting for each other. */
export const LEAST_BATCH_TOKENS = 16;

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
 * A batch is as long as can be evaluated between two looks at the signal, which are BATCH_MS apart where that is possible.
 * It never is one token: for quantized weights llama.cpp multiplies a single token in another way than several, which moves
 * a log-probability by up to .06 nats; from two tokens on the length makes no difference.
 *
 * @param mostBatchTokens most tokens of a batch
 * @param onBatch called after each batch
 */
export function createLlamaEvaluator(
  sequence: LlamaContextSequence,
  startToken: number | null,
  mostBatchTokens: number,
  onBatch: () => void,
): TokenEvaluator {
  let evaluatedTokens = 0;
  let batchTokens = Math.min(FIRST_BATCH_TOKENS, mostBatchTokens);
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
      const reusable = Math.max(0, Math.min(first.after, last.after - 1, sharedLength(sequence.contextTokens, ids)));
      // Some models can not forget single tokens and forget more: what is left tells.
      await sequence.adaptStateToTokens(ids.slice(0, reusable), false);
      let asked = 0;
      for (let at = sequence.nextTokenIndex; at <= last.after; at = sequence.nextTokenIndex) {
        signal.throwIfAborted();
        const end = batchEnd(at, last.after + 1, batchTokens);
        const batch: { readonly index: number; readonly question: Question }[] = [];
        for (let next = questions[asked]; next !== undefined && next.after < end; next = questions[++asked]) {
          batch.push({ index: next.after - at, question: next });
        }
        const input: (Token | [Token, ReturnType<typeof asking>])[] = ids.slice(at, end);
        for (const { index, question } of batch) {
          const token = ids[at + index];
          if (token !== undefined) input[index] = [token, asking(question)];
        }
        // What stands behind an only token is forgotten again.
        if (last.after === 0) input.push(...ids.slice(at, end));
        const startedMs = performance.now();
        const output = await sequence.controlledEvaluate(input);
        evaluatedTokens += end - at;
        batchTokens = adapted(batchTokens, input.length, performance.now() - startedMs, mostBatchTokens);
        for (const { index, question } of batch) onAnswer(answerOf(question, output[index]?.next ?? {}));
        onBatch();
      }
    },
  };
}

/** Where the batch ends that begins at a token. It leaves no single token over. */
function batchEnd(at: number, end: number, batchTokens: number): number {
  const next = at + batchTokens;
  if (next >= end) return end;
  return end - next === 1 ? next - 1 : next;
}

/** The length of the next batch, after one of `tokens` tokens took so long. */
function adapted(batchTokens: number, tokens: number, tookMs: number, most: number): number {
  // A short one says little of what a long one takes.
  if (tokens < batchTokens) return batchTokens;
  const fitting = Math.floor((tokens * BATCH_MS) / Math.max(tookMs, 1));
  return Math.min(most, Math.max(LEAST_BATCH_TOKENS, Math.min(fitting, 2 * batchTokens)));
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
