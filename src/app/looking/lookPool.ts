import { availableParallelism } from 'node:os';
import { posix } from 'node:path';
import { Piscina } from 'piscina';
import type { Looking } from '../../audit/auditRequest.ts';
import { unlooked } from '../../audit/lookAtFile.ts';
import { CandorError } from '../../core/candorError.ts';
import type { CalibrationOf } from '../../assess/judgeEvidence.ts';
import { isFailed } from '../../syntax/parseTasks.ts';
import { assetAddresses, type Assets } from '../assets.ts';
import { folderLanes } from './folderLanes.ts';
import type { Tools } from '../openTools.ts';
import type { LookAnswer, LookTask, LookThreadData } from './lookTasks.ts';

/**
 * What the objects of a thread may take. Tokens, trees and counts lie outside of that; with more room a thread would only keep what it
 * is done with for longer.
 */
const MOST_THREAD_MB = 512;
const MOST_NEW_MB = 16;

/** Fewer are looked at before the threads have started. */
const LEAST_FILES = 100;

/** Files under way for each thread: while one has a large file the others go on with those behind it. */
const FILES_PER_THREAD = 32;

/** No file takes so long: the thread is caught in a grammar's own code. */
const MOST_MS = 300_000;

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
): Looking {
  const threads = availableParallelism();
  const lanes = folderLanes(threads);
  let pools: readonly Piscina<LookTask, LookAnswer>[] | undefined;
  function startPools(): readonly Piscina<LookTask, LookAnswer>[] {
    const workerData = { assets: assetAddresses(assets), ...data() } satisfies LookThreadData;
    // A pool for each thread, so that it can be said which of them looks at a file.
    const startPool = (): Piscina<LookTask, LookAnswer> =>
      new Piscina({
        filename: assets.lookThread.href,
        name: 'look',
        minThreads: 1,
        maxThreads: 1,
        recordTiming: false,
        resourceLimits: { maxOldGenerationSizeMb: MOST_THREAD_MB, maxYoungGenerationSizeMb: MOST_NEW_MB },
        workerData,
      });
    return Array.from({ length: threads }, startPool);
  }
  function run(task: LookTask, lane: number): Promise<LookAnswer> {
    abortSignal?.throwIfAborted();
    pools ??= startPools();
    const pool = pools[lane];
    if (pool === undefined) throw new RangeError(`there is no lane ${lane}`);
    const late = AbortSignal.timeout(MOST_MS);
    return pool.run(task, { signal: abortSignal === undefined ? late : AbortSignal.any([abortSignal, late]) });
  }
  return {
    filesUnderWay: threads * FILES_PER_THREAD,
    async look(file, known) {
      try {
        const answer = await lanes.run(posix.dirname(file.path), async (lane) => run({ file, known }, lane));
        if (typeof answer === 'string' || !isFailed(answer)) return answer;
        throw new CandorError(answer.failed, answer.message);
      } catch (error) {
        abortSignal?.throwIfAborted();
        if (CandorError.is(error)) throw error;
        // One file that breaks a thread must not cost the report of all the others.
        return unlooked(file, { skipped: 'not parsed' });
      }
    },
    async close() {
      await Promise.all(pools?.map((pool) => pool.destroy()) ?? []);
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
): Looking | null {
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
