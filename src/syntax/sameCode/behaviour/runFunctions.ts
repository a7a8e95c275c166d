import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { CandorError } from '../../../core/candorError.ts';
import type { BehaviourAnswer, BehaviourLimits, BehaviourTask, BehaviourWorkerData } from './behaviourTask.ts';

/** Where the sandbox is: the script of its thread (`behaviourWorker.ts`, or its bundle) and QuickJS, compiled. */
export interface SandboxFiles {
  readonly workerUrl: URL;
  readonly wasmUrl: URL;
}

/** Heap of the thread itself; what QuickJS takes lies outside of it, and has a limit of its own. */
const THREAD_HEAP_MB = 64;
const THREAD_STACK_MB = 8;

/**
 * Runs functions in QuickJS compiled to WebAssembly, in a thread of its own, which is ended with what it holds when a function
 * takes too long or brings it down; the others go on in a new one. Each function has a fresh context and sees no host at all: no
 * modules, no console, no clock, no random numbers, no timers, no environment.
 *
 * @returns for each function its outcomes; null for one that cannot be run, did not end or broke down. Null for all where
 * their time was over
 * @throws CandorError `corrupt` where QuickJS cannot be loaded. The signal's reason when aborted
 */
export async function runFunctions(
  { workerUrl, wasmUrl }: SandboxFiles,
  tasks: readonly BehaviourTask[],
  limits: BehaviourLimits,
  signal?: AbortSignal,
): Promise<readonly BehaviourAnswer[] | null> {
  signal?.throwIfAborted();
  const wasm = await readWasm(wasmUrl);
  const deadline = performance.now() + limits.wholeMs;
  const answers: BehaviourAnswer[] = [];
  let worker: Worker | null = null;
  try {
    for (const task of tasks) {
      if (performance.now() > deadline) return null;
      worker ??= await startWorker(workerUrl, { wasm, limits });
      const answer = await ask(worker, task, Math.min(limits.functionMs, deadline - performance.now()), signal);
      signal?.throwIfAborted();
      if (answer === BROKEN) {
        await worker.terminate();
        worker = null;
      }
      answers.push(answer === BROKEN ? null : answer);
    }
    return answers;
  } finally {
    await worker?.terminate();
  }
}

/** The thread said nothing in time, or is no more. */
const BROKEN = Symbol('broken');

async function startWorker(workerUrl: URL, data: BehaviourWorkerData): Promise<Worker> {
  const worker = new Worker(workerUrl, {
    workerData: data,
    env: {},
    execArgv: [],
    stdin: false,
    // Nobody is to read what QuickJS says when it aborts.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB, stackSizeMb: THREAD_STACK_MB },
  });
  try {
    await once(worker, 'message');
    return worker;
  } catch (cause) {
    await worker.terminate();
    throw notLoaded(cause);
  }
}

async function ask(
  worker: Worker,
  task: BehaviourTask,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<BehaviourAnswer | typeof BROKEN> {
  const { promise, resolve } = Promise.withResolvers<BehaviourAnswer | typeof BROKEN>();
  const giveUp = (): void => {
    resolve(BROKEN);
  };
  const onAnswer = (answer: unknown): void => {
    resolve(isAnswer(answer) ? answer : BROKEN);
  };
  const timer = setTimeout(giveUp, Math.max(0, patienceMs));
  worker.once('message', onAnswer).once('error', giveUp).once('exit', giveUp);
  signal?.addEventListener('abort', giveUp, { once: true });
  worker.postMessage(task);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', onAnswer).off('exit', giveUp);
    // The listener for errors stays: one that comes later has nobody else to go to.
    signal?.removeEventListener('abort', giveUp);
  }
}

async function readWasm(wasmUrl: URL): Promise<ArrayBuffer> {
  try {
    const bytes = await readFile(wasmUrl);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  } catch (cause) {
    throw notLoaded(cause);
  }
}

function notLoaded(cause: unknown): CandorError {
  return new CandorError('corrupt', 'The sandbox for code could not be loaded. Install Candor again.', { cause });
}

function isAnswer(answer: unknown): answer is BehaviourAnswer {
  return answer === null || (Array.isArray(answer) && answer.every((outcome) => typeof outcome === 'string'));
}
