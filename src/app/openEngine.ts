import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scout } from '../assess/regionsToRead.ts';
import type { OnProgress } from '../audit/onProgress.ts';
import { CandorError } from '../core/candorError.ts';
import type { Engine } from '../engines/engine.ts';
import { openLlamaEngine } from '../engines/llama/llamaEngine.ts';
import { findModel } from '../engines/llama/models/modelStore.ts';
import { mixWithNgram, type NgramMixture } from '../engines/mixture/mixWithNgram.ts';
import { NgramEngine } from '../engines/ngram/ngramEngine.ts';
import { openOpenaiEngine, type OpenaiEngineOptions } from '../engines/openai/openOpenaiEngine.ts';
import { loadTokenizer } from '../engines/tokenizer/loadTokenizer.ts';
import { apiKeyFor } from './apiKeyFor.ts';
import type { Assets } from './assets.ts';
import type { BundledChoice, EngineChoice, LlamaChoice, OpenaiChoice } from './engineChoice.ts';
import { cacheFolder } from './userFolders.ts';

/** What reads code, and what learns it. */
export interface LearningEngine {
  readonly engine: Engine;
  /** What chooses the part that the engine reads; null: the engine reads everything. */
  readonly scout: Scout | null;
  /** The engine that learns the workspace, if one does: `engine` itself, or a part of it. */
  readonly learner: NgramEngine | null;
}

export interface OpenedEngine extends LearningEngine {
  /** Why another engine stands in for the one that was asked for, where one does. */
  readonly standsInBecause: CandorError | null;
  /** What computes: `cpu`, or the kind and the names of the accelerators, or `server`. */
  readonly device: string;
  /**
   * The same model with a learner of its own, which has learned nothing yet: for work that needs another snapshot than this one has, at
   * the same time. It is closed with this one, and not by itself.
   */
  readonly apart: () => LearningEngine;
}

/** Longer contexts tell little more about code, and their cost grows with their length. */
const CONTEXT_TOKENS = 4096;

const MEGABYTE = 1e6;

/** What was opened is the one that was asked for. */
const AS_ASKED = { standsInBecause: null } as const;

/**
 * Opens the engine that was chosen. Only here is something loaded, downloaded or asked of a server.
 *
 * @param onProgress told of a download
 * @throws CandorError `bad-call`, `not-found`, `unreadable`, `corrupt`, `unsupported` or `engine-failed` when the engine,
 *   its model or its server cannot be had
 */
export async function openEngine(
  choice: EngineChoice,
  assets: Assets,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<OpenedEngine> {
  switch (choice.engine) {
    case 'ngram':
      return openNgram(assets);
    case 'bundled':
      return openBundled(choice, assets, signal);
    case 'llama':
      return openLlama(choice, assets, onProgress, signal);
    case 'openai':
      return { ...AS_ASKED, ...unlearning(await openOpenaiEngine(serverOf(choice), signal)), device: 'server' };
  }
}

/** A server as the openai engine wants it: with the key that is meant for it, and the place where probes are kept. */
export function serverOf(choice: OpenaiChoice): OpenaiEngineOptions & { readonly memoryFolder: string } {
  const { baseUrl, model, concurrency, answerTimeMs, apiKey = apiKeyFor(baseUrl) } = choice;
  return {
    baseUrl,
    memoryFolder: probeFolder(),
    ...(model !== undefined && { model }),
    ...(concurrency !== undefined && { concurrency }),
    ...(answerTimeMs !== undefined && { timeoutMs: answerTimeMs }),
    ...(apiKey !== undefined && { apiKey }),
  };
}

/** Where it is remembered what servers were measured to do. */
export function probeFolder(): string {
  return join(cacheFolder(), 'servers');
}

/** Where downloaded models lie. */
export function modelFolder(): string {
  return join(cacheFolder(), 'models');
}

function openNgram({ merges }: Assets): OpenedEngine {
  const tokenizer = loadTokenizer(merges);
  const apart = (): LearningEngine => {
    const engine = new NgramEngine(tokenizer);
    return { engine, scout: null, learner: engine };
  };
  return { ...AS_ASKED, ...apart(), apart, device: 'cpu' };
}

/** An engine that reads everything itself, and learns nothing. */
function unlearning(engine: Engine): Pick<OpenedEngine, keyof LearningEngine | 'apart'> {
  const alone: LearningEngine = { engine, scout: null, learner: null };
  return { ...alone, apart: () => alone };
}

/** @param share of the code that the mixture reads, where its learner is its scout; null: all of it */
function learning(mixture: NgramMixture, share: number | null): Pick<OpenedEngine, keyof LearningEngine | 'apart'> {
  const { engine, learner, apart } = mixture;
  const scout = share === null ? null : { engine: learner, share };
  return { engine, learner, scout, apart: () => learning(apart(), share) };
}

async function openBundled(
  { share, isOptional }: BundledChoice,
  assets: Assets,
  signal?: AbortSignal,
): Promise<OpenedEngine> {
  const load = {
    modelPath: fileURLToPath(assets.bundledModel),
    threads: availableParallelism(),
    contextTokens: CONTEXT_TOKENS,
  };
  try {
    if (!existsSync(load.modelPath)) {
      const message = 'This package of Candor came without its model, for llama.cpp does not run on its platform.';
      throw new CandorError('unsupported', message);
    }
    const neural = await openLlamaEngine({ childUrl: assets.llamaChild, load }, signal);
    const mixture = mixWithNgram(neural, 'bundled');
    if (mixture === null) {
      await neural.close();
      const message = 'The bundled model is not the one that this version was built with. Install Candor again.';
      throw new CandorError('corrupt', message);
    }
    return { ...AS_ASKED, ...learning(mixture, share), device: neural.device };
  } catch (error) {
    if (!isOptional || !CandorError.is(error)) throw error;
    return { ...openNgram(assets), standsInBecause: error };
  }
}

async function openLlama(
  { model, usesGpu, isMixed }: LlamaChoice,
  { llamaChild }: Assets,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<OpenedEngine> {
  const modelPath = await findModel(model, {
    folder: modelFolder(),
    onProgress: (doneBytes, totalBytes) => {
      const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);
      onProgress('downloading (MB)', megabytes(doneBytes), megabytes(totalBytes ?? doneBytes));
    },
    ...(signal !== undefined && { signal }),
  });
  const load = { modelPath, threads: availableParallelism(), contextTokens: CONTEXT_TOKENS, gpu: usesGpu };
  const neural = await openLlamaEngine({ childUrl: llamaChild, load }, signal);
  const { device } = neural;
  if (!isMixed) return { ...AS_ASKED, ...unlearning(neural), device };
  const mixture = mixWithNgram(neural);
  if (mixture !== null) return { ...AS_ASKED, ...learning(mixture, null), device };
  await neural.close();
  const message = 'The tokens of this model are not ones that the n-gram engine can learn. Leave out --mix.';
  throw new CandorError('unsupported', message);
}
