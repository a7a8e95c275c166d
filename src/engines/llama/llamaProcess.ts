import { CandorError } from '../../core/candorError.ts';
import { DEFAULT_LIMITS, type ChildLimits } from './childLimits.ts';
import { openJob, type AskOptions, type Job } from './openJob.ts';
import { startChild, type Child } from './startChild.ts';
import type { ChildMessage, Failure, Load, Result, Task } from './llamaMessages.ts';

export interface LlamaProcessOptions {
  /** The script of the child: `llamaChild.ts`, or its bundle. */
  readonly childUrl: URL;
  readonly load: Load;
  readonly limits?: Partial<ChildLimits>;
}

/** The parent's side of the process that holds the model. Nothing starts before the first question. */
export interface LlamaProcess {
  /** Number of the child's process; undefined while there is none. */
  readonly pid: number | undefined;
  /**
   * Asks the child. Questions are taken up in turn, some at once where the model allows it. Each ends once: with a result, with the signal's reason, or with a
   * CandorError: `not-found`, `unreadable` or `corrupt` for the model's file, `engine-failed` when the child broke down
   * over it or gave no sign of life; or with what `onToken` threw. Questions behind it go to the next child.
   */
  ask(task: Task, options?: AskOptions): Promise<Result>;
  /** Ends the child and waits until it is gone; open questions fail. A later question starts another. */
  close(): Promise<void>;
}

const BROKE_DOWN = 'The process of the model broke down. Ask again; if it happens again, choose another model.';
const HUNG = 'The process of the model gave no sign of life and was ended. Ask again, or choose a smaller model.';
const CLOSED = 'The engine was closed. Ask again to start it.';
const REPLACED = 'The model file was replaced by another model. Choose the engine again.';
const MOST_BACK_OFFS = 100;

export function createLlamaProcess({ childUrl, load, limits }: LlamaProcessOptions): LlamaProcess {
  const { silenceMs, loadMs, idleMs, backOffMs } = { ...DEFAULT_LIMITS, ...limits };
  const queue: Job[] = [];
  /** The jobs that the child is at; one stays here after its question ended by abortion, until the child says so. */
  const running = new Map<number, Job>();
  /** How many jobs the child takes at once. */
  let lanes = 1;
  let child: Child | undefined;
  let isLoaded = false;
  let modelDigest: string | undefined;
  let breakdowns = 0;
  /** When a child may be started again; of the clock of `performance.now()`. */
  let startAfterMs = 0;
  /** Ends when all children are gone that were ended so far. */
  let gone: Promise<unknown> = Promise.resolve();
  let jobs = 0;
  /** Runs out when the child is silent, was idle, or has been waited for: one of them at a time. */
  let timer: NodeJS.Timeout | undefined;

  const hung = (): void => {
    lose(HUNG);
  };

  /** Takes the next step, whatever it is. Called after every change. */
  function step(): void {
    if (child === undefined) {
      const waitMs = startAfterMs - performance.now();
      if (queue.length === 0) clearTimeout(timer);
      else if (waitMs <= 0) start();
      else setTimer(start, waitMs);
    } else if (isLoaded) {
      const wasIdle = running.size === 0;
      while (running.size < lanes) {
        const job = queue.shift();
        if (job === undefined) break;
        running.set(job.id, job);
        child.send({ kind: 'ask', id: job.id, task: job.task });
        if (job.isEnough()) stop(job.id);
      }
      child.keepsParentAlive(running.size > 0);
      if (running.size === 0) setTimer(() => void end(), idleMs).unref();
      else if (wasIdle) setTimer(hung, silenceMs);
    }
  }

  function start(): void {
    isLoaded = false;
    const started = startChild(childUrl, {
      onMessage: (message) => {
        if (started === child) receive(message);
      },
      onGone: () => {
        if (started === child) lose(BROKE_DOWN);
      },
    });
    child = started;
    setTimer(hung, loadMs);
    started.send({ kind: 'load', load });
  }

  function receive(message: ChildMessage): void {
    if (message.kind === 'loaded') {
      modelDigest ??= message.modelDigest;
      if (modelDigest !== message.modelDigest) {
        refuse({ reason: 'engine-failed', message: REPLACED });
        return;
      }
      isLoaded = true;
      lanes = message.lanes;
      step();
    } else if (message.kind === 'notLoaded') {
      refuse(message.failure);
    } else if (running.size > 0) {
      timer?.refresh();
      if (message.kind !== 'progress') hear(message);
    }
  }

  /** Takes in what the child says of a job. */
  function hear(message: Exclude<ChildMessage, { kind: 'loaded' | 'notLoaded' | 'progress' }>): void {
    const job = running.get(message.id);
    if (job === undefined) return;
    if (message.kind === 'wrote') {
      job.onToken(message.token, message.from);
      return;
    }
    running.delete(job.id);
    if (message.kind === 'done') {
      breakdowns = 0;
      job.resolve(message.result);
    } else {
      job.reject(new CandorError(message.failure.reason, message.failure.message));
    }
    step();
  }

  /** The model cannot be had: nothing that waits for it can be answered. */
  function refuse({ reason, message }: Failure): void {
    void end();
    rejectAll(new CandorError(reason, message));
  }

  /** Goes on without the child. One that could not even load would fail the next question as well. */
  function lose(message: string): void {
    const wasLoaded = isLoaded;
    void end();
    startAfterMs = performance.now() + backOffMs * Math.min(2 ** breakdowns++, MOST_BACK_OFFS);
    const error = new CandorError('engine-failed', message);
    rejectRunning(error);
    if (!wasLoaded) rejectAll(error);
    step();
  }

  /** Which of its jobs the child broke down over nobody knows. */
  function rejectRunning(error: CandorError): void {
    const lost = [...running.values()];
    running.clear();
    for (const job of lost) job.reject(error);
  }

  function rejectAll(error: CandorError): void {
    for (const job of queue.splice(0)) job.reject(error);
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    gone = Promise.all([gone, child?.end()]);
    child = undefined;
    isLoaded = false;
    await gone;
  }

  function setTimer(onEnd: () => void, ms: number): NodeJS.Timeout {
    clearTimeout(timer);
    timer = setTimeout(onEnd, ms);
    return timer;
  }

  /** Takes a question's job out of the queue or, where the child is at it, tells the child to stop. */
  function drop(id: number): void {
    const place = queue.findIndex((job) => job.id === id);
    if (place >= 0) queue.splice(place, 1);
    else if (running.has(id)) child?.send({ kind: 'cancel', id });
    step();
  }

  /** Tells the child that a question's answer is wanted as far as it is there. One that waits is told when it is its turn. */
  function stop(id: number): void {
    if (running.has(id)) child?.send({ kind: 'stop', id });
  }

  return {
    get pid() {
      return child?.pid;
    },
    ask(task, options = {}) {
      const id = ++jobs;
      const { job, ending } = openJob(id, task, options, { onGivenUp: drop, onEnough: stop });
      if (options.signal?.aborted !== true) {
        queue.push(job);
        step();
      }
      return ending;
    },
    async close() {
      const ended = end();
      const error = new CandorError('engine-failed', CLOSED);
      rejectRunning(error);
      rejectAll(error);
      breakdowns = 0;
      startAfterMs = 0;
      await ended;
    },
  };
}
