import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { LookAtFile, LookedFile } from '../../audit/lookAtFile.ts';
import type { CalibrationOf } from '../../assess/judgeEvidence.ts';
import { assetAddresses, type Assets } from '../assets.ts';
import type { Tools } from '../openTools.ts';
import type { LookTask, LookThreadData } from './lookTasks.ts';

/**
 * What the objects of a thread may take. Tokens, trees and counts lie outside of that; with more room a thread would only keep what it
 * is done with for longer.
 */
const MOST_THREAD_MB = 512;
const MOST_NEW_MB = 16;

/** Fewer are looked at before the threads have started. */
const LEAST_FILES = 100;

/** Files of each thread under way: while one is scored the next is parsed. */
const FILES_PER_THREAD = 2;

export interface LookPool {
  readonly look: LookAtFile;
  /** Files that the threads want at a time, so that none waits for work. */
  readonly filesUnderWay: number;
  close(): Promise<void>;
}

/**
 * Threads that look at files on the disk by the n-gram engine, a core each. They start at the first file.
 *
 * @param assets of them, `lookThread` is what each thread runs
 * @param data made when the first file comes: what was learned until then counts
 */
function createLookPool(
  assets: Assets,
  data: () => Omit<LookThreadData, 'assets'>,
  abortSignal?: AbortSignal,
): LookPool {
  const threads = availableParallelism();
  let pool: Piscina<LookTask, LookedFile | 'same'> | undefined;
  function startPool(): Piscina<LookTask, LookedFile | 'same'> {
    return new Piscina({
      filename: assets.lookThread.href,
      name: 'look',
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: FILES_PER_THREAD,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: MOST_THREAD_MB, maxYoungGenerationSizeMb: MOST_NEW_MB },
      workerData: { assets: assetAddresses(assets), ...data() } satisfies LookThreadData,
    });
  }
  return {
    filesUnderWay: threads * FILES_PER_THREAD * 2,
    look(file, known) {
      pool ??= startPool();
      return pool.run({ file, known }, { ...(abortSignal && { signal: abortSignal }) });
    },
    async close() {
      await pool?.destroy();
    },
  };
}

export interface FilesToLook {
  readonly root: string;
  /** How many there are. */
  readonly fileCount: number;
  readonly calibrationOf: CalibrationOf;
  readonly salt: string;
  readonly abortSignal?: AbortSignal;
}

/**
 * Threads for many files, where the n-gram engine looks at them.
 * @returns null where the thread that asks does better: of few files, and by an engine that has threads of its own
 */
export function lookPoolFor(
  { engine, scout, learner }: Pick<Tools, 'engine' | 'scout' | 'learner'>,
  assets: Assets,
  { root, fileCount, calibrationOf, salt, abortSignal }: FilesToLook,
): LookPool | null {
  const looker = scout?.engine ?? engine;
  if (learner === null || looker.name !== 'ngram' || fileCount < LEAST_FILES) return null;
  const data = (): Omit<LookThreadData, 'assets'> => ({
    learned: learner.share(),
    calibration: calibrationOf(looker.source),
    salt,
    root,
  });
  return createLookPool(assets, data, abortSignal);
}
