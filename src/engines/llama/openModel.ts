import type * as NodeLlamaCpp from 'node-llama-cpp';
import { CandorError } from '../../core/candorError.ts';
import { LEAST_BATCH_TOKENS } from './llamaEvaluator.ts';

/** Logits of one batch are kept at once: at most this many bytes of them, in 4-byte floats. */
const LOGITS_BYTES = 64 << 20;
const MOST_BATCH_TOKENS = 256;

/** All contexts together take at most so much, the first of them as much as it needs. */
const CONTEXTS_BYTES = 512 << 20;
/** More gain little: two that take turns keep the cores busy. */
const MOST_CONTEXTS = 4;
/** A larger model spends its time on reading its weights, for each context anew. */
const MOST_SHARED_MODEL_BYTES = 256 << 20;

/**
 * A score must not depend on how the text was cut into batches, or a file would look different after each key stroke.
 * On the CPU, flash attention and half-precision keys and values move a log-probability by up to 0.1 nats between one
 * batch and another; without them by less than 1e-5, at the price of twice the memory for keys and values.
 */
const REPRODUCIBLE = {
  flashAttention: false,
  experimentalKvCacheKeyType: 'F32',
  experimentalKvCacheValueType: 'F32',
} as const;

/** The same, for the estimate of how many layers have room beside such a context. */
const MEASURED_SO = {
  defaultContextFlashAttention: REPRODUCIBLE.flashAttention,
  experimentalDefaultContextKvCacheKeyType: REPRODUCIBLE.experimentalKvCacheKeyType,
  experimentalDefaultContextKvCacheValueType: REPRODUCIBLE.experimentalKvCacheValueType,
} as const;

export interface ModelToOpen {
  readonly modelPath: string;
  readonly threads: number;
  readonly contextTokens: number;
  /** Whether an accelerator may compute, where there is one that works and has room. */
  readonly usesGpu: boolean;
}

/** A model in memory, with a context that it is asked in. */
export interface OpenModel {
  readonly model: NodeLlamaCpp.LlamaModel;
  readonly sequence: NodeLlamaCpp.LlamaContextSequence;
  /** Makes another context, which computes with the same threads; where it asks at the same time, with some of them. */
  readonly openSequence: () => Promise<NodeLlamaCpp.LlamaContextSequence>;
  /** How many contexts there is room for. */
  readonly mostSequences: number;
  readonly batchTokens: number;
  /** What computes: `cpu`, or the kind and the names of the accelerators (`cuda: NVIDIA RTX A2000`). */
  readonly device: string;
}

/**
 * Loads a model, on the CPU unless an accelerator was asked for and can do it.
 * @throws CandorError `corrupt` for a file that is no model, `unsupported` where the binding has no binary for this platform
 */
export async function openModel(binding: typeof NodeLlamaCpp, wanted: ModelToOpen): Promise<OpenModel> {
  const accelerated = wanted.usesGpu ? await openOn(binding, 'auto', wanted).catch(() => null) : null;
  const opened = accelerated ?? (await openOn(binding, false, wanted));
  if (opened === null) throw new CandorError('engine-failed', 'The model does not run on the CPU. Choose another one.');
  return opened;
}

/** For what fails where this build came without the binding, or without a binary that runs here. */
export function notHere(cause: unknown): never {
  const message = 'This build of Candor has no llama.cpp for this platform. Choose the n-gram engine, or a server.';
  throw new CandorError('unsupported', message, { cause });
}

/** @returns null where there is an accelerator but no room for the model on it */
async function openOn(
  { getLlama, LlamaLogLevel }: typeof NodeLlamaCpp,
  gpu: 'auto' | false,
  { modelPath, threads, contextTokens }: ModelToOpen,
): Promise<OpenModel | null> {
  const llama = await getLlama({
    gpu,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: threads,
  }).catch(notHere);
  try {
    const model = await llama
      .loadModel({
        modelPath,
        gpuLayers: llama.gpu === false ? 0 : { fitContext: { contextSize: contextTokens } },
        ...MEASURED_SO,
      })
      .catch((cause: unknown) => {
        const message = 'The model file is broken or of an unknown kind. Fetch it again, or choose another.';
        throw new CandorError('corrupt', message, { cause });
      });
    // Even without a layer of its own an accelerator would be given large products to compute.
    if (llama.gpu !== false && model.gpuLayers === 0) {
      await llama.dispose();
      return null;
    }
    const vocabularySize = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
    const byLogits = Math.floor(LOGITS_BYTES / (4 * Math.max(1, vocabularySize)));
    const batchTokens = Math.max(LEAST_BATCH_TOKENS, Math.min(MOST_BATCH_TOKENS, byLogits));
    const contextSize = Math.min(contextTokens, model.trainContextSize);
    const openContext = (): Promise<NodeLlamaCpp.LlamaContext> =>
      model.createContext({
        contextSize,
        batchSize: batchTokens,
        threads: { ideal: threads, min: 1 },
        ...REPRODUCIBLE,
      });
    const context = await openContext();
    const byMemory = Math.floor(CONTEXTS_BYTES / Math.max(1, context.memoryUsage.ram));
    // An accelerator computes with all of itself at once.
    const sharesCores = llama.gpu === false && model.size <= MOST_SHARED_MODEL_BYTES;
    const device = llama.gpu === false ? 'cpu' : `${llama.gpu}: ${(await llama.getGpuDeviceNames()).join(', ')}`;
    return {
      model,
      sequence: context.getSequence(),
      openSequence: async () => (await openContext()).getSequence(),
      mostSequences: sharesCores ? Math.max(1, Math.min(threads, MOST_CONTEXTS, byMemory)) : 1,
      batchTokens,
      device,
    };
  } catch (error) {
    await llama.dispose();
    throw error;
  }
}
