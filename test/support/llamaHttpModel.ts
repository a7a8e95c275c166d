import { getLlama, LlamaLogLevel, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { readVocabulary, tokenBytes } from '../../src/engines/llama/vocabulary.ts';

/** A token of the vocabulary, with its log-probability over the whole of it, as the model gave it. */
export interface Ranked {
  readonly id: number;
  readonly logprobNats: number;
}

/** What the model says of a token that it was given: of it, and of the likeliest in its place. */
export interface Judged extends Ranked {
  readonly top: readonly Ranked[];
  /** Its place among those that were looked at, most likely first, from 1: its true rank, or at most MOST_RANK. */
  readonly rank: number;
}

/** The likeliest tokens of a distribution, and one more. */
export interface Wanted {
  readonly topK: number;
  readonly id?: number;
}

/** Ranks beyond this are not told: they would cost the whole vocabulary at every place. */
export const MOST_RANK = 50;

/** A real llama.cpp in this process, as far as the test server needs it. It serves one request at a time. */
export interface LlamaHttpModel {
  readonly contextTokens: number;
  /** What comes before a text where the server adds it; null: the model has none. */
  readonly start: number | null;
  readonly signs: { readonly prefix: number; readonly suffix: number; readonly middle: number };
  /** Tokens that it writes instead of those that it would choose; what it says of them is true all the same. */
  readonly script?: readonly number[];
  tokenize(text: string): number[];
  /** What a token writes; nothing for one that is a sign to the model. */
  bytesOf(id: number): Uint8Array;
  /** How a token is called: what it writes, or the name of the sign. */
  nameOf(id: number): Uint8Array;
  isEnd(id: number): boolean;
  /** Of each token but the first, given those before it. In one pass; dearer where ranks are wanted. */
  judge(ids: readonly number[], topK: number, signal: AbortSignal, ranks?: boolean): Promise<Judged[]>;
  /** The distribution after some tokens, most likely first: whole, which is dear, or as far as is wanted. */
  next(ids: readonly number[], signal: AbortSignal, wanted?: Wanted): Promise<Ranked[]>;
  /** Waits until nobody else has the model; the result gives it back. */
  hold(): Promise<() => void>;
  dispose(): Promise<void>;
}

/** Evaluated between two looks at the signal. */
const BATCH_TOKENS = 128;

/**
 * Loads a model. It computes in full precision and without flash attention, so its numbers depend on the tokens alone
 * and not on the batches, and can be compared with those of another process.
 */
export async function openLlamaHttpModel(modelPath: string, contextSize = 4096): Promise<LlamaHttpModel> {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: 1,
  });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({
    contextSize: Math.min(contextSize, model.trainContextSize),
    batchSize: BATCH_TOKENS,
    threads: 1,
    flashAttention: false,
    experimentalKvCacheKeyType: 'F32',
    experimentalKvCacheValueType: 'F32',
  });
  return modelOf(model, context.getSequence());
}

function modelOf(model: LlamaModel, sequence: LlamaContextSequence): LlamaHttpModel {
  const { ggml } = model.fileInfo.metadata.tokenizer;
  const vocabulary = readVocabulary({ model: ggml.model, tokens: ggml.tokens, types: ggml.token_type });
  const { prefix, suffix, middle } = model.tokens.infill;
  if (prefix === null || suffix === null || middle === null) throw new Error('the model does not fill in the middle');
  let busy: Promise<unknown> = Promise.resolve();

  /** Forgets all but what is shared with `ids`, at most `most` of it. Returns how many tokens are left. */
  async function rewind(ids: readonly number[], most: number): Promise<number> {
    let shared = 0;
    while (shared < most && ids[shared] === sequence.contextTokens[shared]) shared++;
    await sequence.adaptStateToTokens(ids.slice(0, shared) as Token[], false);
    return sequence.nextTokenIndex;
  }

  return {
    contextTokens: sequence.contextSize - 1,
    start: model.tokens.bos ?? model.tokens.eos,
    signs: { prefix, suffix, middle },
    tokenize: (text) => [...model.tokenize(text, false)],
    bytesOf: (id) => tokenBytes(vocabulary, id),
    nameOf: (id) => {
      const bytes = tokenBytes(vocabulary, id);
      return bytes.length > 0 ? bytes : new TextEncoder().encode(ggml.tokens[id]);
    },
    // A file that names no end token gives llama.cpp one by number, which is a piece of text.
    isEnd: (id) => model.isEogToken(id as Token) && tokenBytes(vocabulary, id).length === 0,
    async judge(ids, topK, signal, ranks = false) {
      await rewind(ids, 0);
      const judged: Judged[] = [];
      for (let at = 0; at + 1 < ids.length; at += BATCH_TOKENS) {
        signal.throwIfAborted();
        const batch = (ids.slice(at, Math.min(at + BATCH_TOKENS, ids.length - 1)) as Token[]).map(
          (id, offset): [Token, object] => {
            const wanted = { topK: ranks ? Math.max(topK, MOST_RANK - 1) : topK, id: ids[at + offset + 1] ?? 0 };
            return [id, { generateNext: logitsOf(wanted) }];
          },
        );
        const outputs = await sequence.controlledEvaluate(batch);
        for (const [offset, output] of outputs.entries()) {
          judged.push(judgedOf(ids[at + offset + 1] ?? 0, topK, output?.next ?? {}));
        }
      }
      return judged;
    },
    async next(ids, signal, wanted) {
      const asking = wanted === undefined ? { probabilities: true } : logitsOf(wanted);
      // What is evaluated again gives the distribution after it.
      const kept = await rewind(ids, ids.length - 1);
      let output: Awaited<ReturnType<LlamaContextSequence['controlledEvaluate']>> = [];
      for (let at = kept; at < ids.length; at += BATCH_TOKENS) {
        signal.throwIfAborted();
        const batch: (Token | [Token, object])[] = ids.slice(at, at + BATCH_TOKENS) as Token[];
        const last = ids.length - 1 - at;
        if (last < batch.length) batch[last] = [ids.at(-1) as Token, { generateNext: asking }];
        output = await sequence.controlledEvaluate(batch);
      }
      const { probabilities = new Map<Token, number>(), ...logits } = output.at(-1)?.next ?? {};
      if (wanted !== undefined) return rankedOf(logits);
      return Array.from(probabilities, ([id, probability]) => ({ id, logprobNats: Math.log(probability) }));
    },
    async hold() {
      const before = busy;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      busy = promise;
      await before;
      return () => {
        resolve(undefined);
      };
    },
    async dispose() {
      await model.dispose();
    },
  };
}

interface Next {
  readonly logits?: ReadonlyMap<Token, number>;
  readonly totalLogitWeight?: number;
}

/** Asks for logits: of one token, of the likeliest, and the sum over all. More than one of those costs a sort. */
function logitsOf({ topK, id }: Wanted): object {
  const tokens = id === undefined ? [] : [id as Token];
  // At temperature 0 the selected token is the likeliest.
  const filter = { tokens, ...(topK > 1 ? { includeTop: topK } : { includeSelected: true }) };
  return { token: true, logits: { filter }, totalLogitWeight: true };
}

function rankedOf({ logits, totalLogitWeight = Number.NaN }: Next): Ranked[] {
  const largest = Math.max(...(logits?.values() ?? []));
  if (Number.isNaN(totalLogitWeight)) throw new Error('the binding gave no logits');
  return Array.from(logits ?? [], ([token, logit]) => ({
    id: Number(token),
    logprobNats: logit - largest - Math.log(totalLogitWeight),
  })).sort((a, b) => b.logprobNats - a.logprobNats);
}

function judgedOf(id: number, topK: number, next: Next): Judged {
  const ranked = rankedOf(next);
  const own = ranked.find((other) => other.id === id);
  if (own === undefined) throw new Error('the binding left out a token that was asked for');
  return { ...own, top: ranked.slice(0, topK), rank: Math.min(MOST_RANK, ranked.indexOf(own) + 1) };
}
