import { Worker, type ResourceLimits } from 'node:worker_threads';
import { CandorError } from '../../core/candorError.ts';
import { assetAddresses, assetsIn, type Assets } from '../assets.ts';
import type { Auditor } from './auditor.ts';
import type { Call } from './call.ts';
import {
  isThreadMessage,
  type AuditorThreadData,
  type CallerMessage,
  type CallName,
  type Calls,
  type Question,
} from './callMessages.ts';
import { createOpenCalls, type OpenCalls } from './openCalls.ts';

/** An editor that closes waits five seconds for its extensions. */
const MOST_CLOSING_MS = 3000;

export interface ThreadedAuditorOptions {
  /** The script of the thread: `auditorThread.ts`, or its bundle. */
  readonly workerUrl: URL;
  /** Default: those beside the script. */
  readonly assets?: Assets;
  /** Default: those of Node. */
  readonly resourceLimits?: ResourceLimits;
}

/**
 * An auditor that works in a thread of its own, which starts with the first call. A thread that dies rejects its calls
 * with a CandorError, and the next call starts another.
 */
export function createThreadedAuditor(options: ThreadedAuditorOptions): Auditor {
  let thread: Thread | null = null;
  let closing: Promise<void> | null = null;
  /** A thread that starts later, or again, must know of it too. */
  let recorder: string | null = null;

  function running(): Thread {
    if (closing !== null) throw closed();
    const started = thread ?? startThread(options);
    if (thread === null) {
      thread = started;
      if (recorder !== null) tell({ kind: 'followRecorder', address: recorder });
      started.worker.once('exit', () => {
        if (thread === started) thread = null;
      });
    }
    return started;
  }

  async function ask<Name extends CallName>(
    name: Name,
    question: Question & { readonly name: Name },
    call: Call,
  ): Promise<Calls[Name]['gives']> {
    call.abortSignal.throwIfAborted();
    return running().calls.ask(name, question, call);
  }

  /** A thread that does not run has nothing to forget. */
  function tell(message: CallerMessage): void {
    thread?.worker.postMessage(message);
  }

  return {
    open: (asked, call) => ask('open', { name: 'open', asked }, call),
    findServers: (call) => ask('findServers', { name: 'findServers', asked: null }, call),
    tryServer: (asked, call) => ask('tryServer', { name: 'tryServer', asked }, call),
    auditText: (asked, call) => ask('auditText', { name: 'auditText', asked }, call),
    explain: (document, assessment, call) => ask('explain', { name: 'explain', asked: { document, assessment } }, call),
    syntaxOf: (document, assessment, call) =>
      ask('syntaxOf', { name: 'syntaxOf', asked: { document, assessment } }, call),
    opinionCost: (asked, call) => ask('opinionCost', { name: 'opinionCost', asked }, call),
    secondOpinion: (asked, call) => ask('secondOpinion', { name: 'secondOpinion', asked }, call),
    completeAgain: (asked, call) => ask('completeAgain', { name: 'completeAgain', asked }, call),
    compareCode: (asked, call) => ask('compareCode', { name: 'compareCode', asked }, call),
    summarize: (asked, call) => ask('summarize', { name: 'summarize', asked }, call),
    tokens: (asked, call) => ask('tokens', { name: 'tokens', asked }, call),
    auditFiles: (asked, call) => ask('auditFiles', { name: 'auditFiles', asked }, call),
    explainReport: (call) => ask('explainReport', { name: 'explainReport', asked: null }, call),
    reportPage: (asked, call) => ask('reportPage', { name: 'reportPage', asked }, call),
    calibrations: (asked, call) => ask('calibrations', { name: 'calibrations', asked }, call),
    calibrate: (asked, call) => ask('calibrate', { name: 'calibrate', asked }, call),
    suggest: (asked, call) => ask('suggest', { name: 'suggest', asked }, call),
    arrived: (asked, call) => ask('arrived', { name: 'arrived', asked }, call),
    look: (asked, call) => ask('look', { name: 'look', asked }, call),
    committed: (asked, call) => ask('committed', { name: 'committed', asked }, call),
    decide: (asked, call) => ask('decide', { name: 'decide', asked }, call),
    learnFromOutcomes: (asked, call) => ask('learnFromOutcomes', { name: 'learnFromOutcomes', asked }, call),
    answerAgent: (asked, call) => ask('answerAgent', { name: 'answerAgent', asked }, call),
    testedFunction: (asked, call) => ask('testedFunction', { name: 'testedFunction', asked }, call),
    followRecorder(address) {
      recorder = address;
      tell({ kind: 'followRecorder', address });
    },
    forget(document) {
      tell({ kind: 'forget', document });
    },
    forgetReport() {
      tell({ kind: 'forgetReport' });
    },
    workspaceChanged() {
      tell({ kind: 'workspaceChanged' });
    },
    async close() {
      closing ??= thread === null ? Promise.resolve() : endThread(thread);
      await closing;
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly calls: OpenCalls;
}

function startThread({ workerUrl, assets, resourceLimits }: ThreadedAuditorOptions): Thread {
  const data: AuditorThreadData = { assets: assetAddresses(assets ?? assetsIn(new URL('./', workerUrl))) };
  const worker = new Worker(workerUrl, {
    workerData: data,
    // Flags of the editor's own process are none of the thread's.
    execArgv: [],
    ...(resourceLimits && { resourceLimits }),
  });
  const calls = createOpenCalls((message) => {
    worker.postMessage(message);
  });
  worker.on('message', (message: unknown) => {
    if (isThreadMessage(message)) calls.take(message);
  });
  let cause: unknown;
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', (code) => {
    calls.failAll(died(cause ?? new Error(`the thread ended with code ${code}`)));
  });
  return { worker, calls };
}

/** The thread ends by itself, with the processes that it has started, which would outlive it if it were just stopped. */
async function endThread({ worker, calls }: Thread): Promise<void> {
  calls.failAll(closed());
  const exit = Promise.withResolvers<number>();
  worker.once('exit', exit.resolve);
  const message: CallerMessage = { kind: 'close' };
  worker.postMessage(message);
  const timer = setTimeout(() => void worker.terminate(), MOST_CLOSING_MS);
  await exit.promise;
  clearTimeout(timer);
}

function died(cause: unknown): CandorError {
  const message = 'The part of Candor that judges broke down; it starts again with the next request. Try again.';
  return new CandorError('engine-failed', message, { cause });
}

function closed(): CandorError {
  return new CandorError('engine-failed', 'Candor was closed. Start it again.');
}
