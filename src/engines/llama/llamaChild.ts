/**
 * The process that holds the model: forked by `llamaProcess.ts`, so that a fault in native code ends this process and no
 * editor. The only file that loads node-llama-cpp. It reads no configuration, opens no socket and writes no log.
 */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { CandorError } from '../../core/candorError.ts';
import { ggufDigest } from './ggufDigest.ts';
import { createLlamaEvaluator } from './llamaEvaluator.ts';
import { isParentMessage, type ChildMessage, type Failure, type Load, type Task } from './llamaMessages.ts';
import { createTaskRunner, type LoadedModel, type TaskRunner } from './taskRunner.ts';
import { readVocabulary } from './vocabulary.ts';

/** Logits of one batch are kept at once: at most this many bytes of them, in 4-byte floats. */
const LOGITS_BYTES = 64 << 20;
const MOST_BATCH_TOKENS = 256;
const LEAST_BATCH_TOKENS = 16;

/**
 * A score must not depend on how the text was cut into batches, or a file would look different after each key stroke.
 * On the CPU, flash attention and half-precision keys and values move a log-probability by up to 0.1 nats between one
 * batch and token by token; without them by less than 1e-5, at the price of twice the memory for keys and values.
 */
const REPRODUCIBLE = {
  flashAttention: false,
  experimentalKvCacheKeyType: 'F32',
  experimentalKvCacheValueType: 'F32',
} as const;

let runner: TaskRunner | undefined;
let current: { readonly id: number; readonly abort: AbortController } | undefined;

process.on('message', (message: unknown) => {
  if (!isParentMessage(message)) return;
  if (message.kind === 'cancel') {
    if (current?.id === message.id) current.abort.abort();
  } else if (message.kind === 'load') {
    void load(message.load);
  } else {
    void answer(message.id, message.task);
  }
});

// Nobody is left to answer to; the model's threads would go on.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

function say(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

async function answer(id: number, task: Task): Promise<void> {
  const abort = new AbortController();
  current = { id, abort };
  try {
    if (runner === undefined) throw new CandorError('engine-failed', 'The model is not loaded. Ask again.');
    const onToken = (token: number): void => {
      say({ kind: 'wrote', id, token });
    };
    const result = await runner.run(task, onToken, abort.signal);
    say({ kind: 'done', id, result });
  } catch (error) {
    say({ kind: 'failed', id, failure: failureOf(error, 'The model broke down on this text. Try another model.') });
  } finally {
    current = undefined;
  }
}

async function load(options: Load): Promise<void> {
  try {
    const model = await loadModel(options);
    runner = createTaskRunner(model);
    say({ kind: 'loaded', modelDigest: model.modelDigest });
  } catch (error) {
    say({ kind: 'notLoaded', failure: failureOf(error, 'The model cannot be loaded. Choose a smaller one.') });
  }
}

async function loadModel({ modelPath, threads: wantedThreads, contextTokens }: Load): Promise<LoadedModel> {
  const modelDigest = await ggufDigest(modelPath);
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const threads = Math.max(1, Math.min(availableParallelism(), wantedThreads));
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 }).catch((cause: unknown) => {
    const message = 'The model file is broken or of an unknown kind. Fetch it again, or choose another.';
    throw new CandorError('corrupt', message, { cause });
  });
  const { ggml } = model.fileInfo.metadata.tokenizer;
  const vocabulary = readVocabulary({ model: ggml.model, tokens: ggml.tokens, types: ggml.token_type });
  const byLogits = Math.floor(LOGITS_BYTES / (4 * Math.max(1, ggml.tokens.length)));
  const batchSize = Math.max(LEAST_BATCH_TOKENS, Math.min(MOST_BATCH_TOKENS, byLogits));
  const contextSize = Math.min(contextTokens, model.trainContextSize);
  const context = await model.createContext({ contextSize, batchSize, threads, ...REPRODUCIBLE });
  const { bos, eos, infill } = model.tokens;
  const { prefix, suffix, middle } = infill;
  const sayProgress = (): void => {
    if (current !== undefined) say({ kind: 'progress', id: current.id });
  };
  return {
    modelDigest,
    tokenizerDigest: tokenizerDigest(ggml),
    vocabulary,
    threads,
    evaluator: createLlamaEvaluator(context.getSequence(), bos ?? eos, batchSize, sayProgress),
    signs: prefix === null || suffix === null || middle === null ? null : { prefix, suffix, middle },
    tokenize: (text) => model.tokenize(text, false),
    ends: new Set(Array.from(model.iterateAllTokens()).filter((token) => model.isEogToken(token))),
  };
}

/** SHA-256, in hex, of what makes a text into tokens. */
function tokenizerDigest(ggml: {
  readonly model: string;
  readonly pre?: string;
  readonly tokens: readonly string[];
  readonly merges?: readonly string[];
}): string {
  const parts = [ggml.model, ggml.pre ?? null, ggml.tokens, ggml.merges ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function failureOf(error: unknown, message: string): Failure {
  return CandorError.is(error)
    ? { reason: error.reason, message: error.message }
    : { reason: 'engine-failed', message };
}
