import { CandorError } from '../../core/candorError.ts';
import type { Auditor } from './auditor.ts';
import type { Call } from './call.ts';
import {
  isCallerMessage,
  type CallName,
  type Calls,
  type Failure,
  type Question,
  type ThreadMessage,
} from './callMessages.ts';
import { throttleProgress } from './throttleProgress.ts';

/** The end of a channel that the auditor's thread holds. */
export interface CallPort {
  postMessage(message: ThreadMessage): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/**
 * Lets an auditor answer the calls that come over a port. What the caller has cancelled is not answered.
 * @returns when the caller has closed the auditor, and it is closed
 */
export function answerCalls(auditor: Auditor, port: CallPort): Promise<void> {
  const closed = Promise.withResolvers<undefined>();
  const underWay = new Map<number, AbortController>();

  async function answer(id: number, question: Question): Promise<void> {
    const controller = new AbortController();
    underWay.set(id, controller);
    const progress = throttleProgress((activity, done, total) => {
      if (!controller.signal.aborted) port.postMessage({ kind: 'progress', id, activity, done, total });
    });
    const call = { onProgress: progress.onProgress, abortSignal: controller.signal };
    let message: ThreadMessage;
    try {
      message = { kind: 'answer', id, name: question.name, given: await give(auditor, question, call) };
    } catch (error) {
      message = { kind: 'failed', id, failure: failureOf(error) };
    } finally {
      underWay.delete(id);
    }
    progress.flush();
    if (!controller.signal.aborted) post(message);
  }

  function post(message: ThreadMessage & { readonly id: number }): void {
    try {
      port.postMessage(message);
    } catch (error) {
      // What cannot cross to another thread must not leave the call open.
      port.postMessage({ kind: 'failed', id: message.id, failure: failureOf(error) });
    }
  }

  port.on('message', (message) => {
    if (!isCallerMessage(message)) return;
    switch (message.kind) {
      case 'ask':
        void answer(message.id, message.question);
        break;
      case 'cancel':
        underWay.get(message.id)?.abort();
        break;
      case 'forget':
        auditor.forget(message.document);
        break;
      case 'followRecorder':
        auditor.followRecorder(message.address);
        break;
      case 'forgetReport':
        auditor.forgetReport();
        break;
      case 'workspaceChanged':
        auditor.workspaceChanged();
        break;
      case 'close':
        for (const controller of underWay.values()) controller.abort();
        closed.resolve(auditor.close().then(() => undefined));
        break;
    }
  });
  return closed.promise;
}

function give(auditor: Auditor, { name, asked }: Question, call: Call): Promise<Calls[CallName]['gives']> {
  switch (name) {
    case 'open':
      return auditor.open(asked, call);
    case 'findServers':
      return auditor.findServers(call);
    case 'tryServer':
      return auditor.tryServer(asked, call);
    case 'auditText':
      return auditor.auditText(asked, call);
    case 'explain':
      return auditor.explain(asked.document, asked.assessment, call);
    case 'syntaxOf':
      return auditor.syntaxOf(asked.document, asked.assessment, call);
    case 'opinionCost':
      return auditor.opinionCost(asked, call);
    case 'secondOpinion':
      return auditor.secondOpinion(asked, call);
    case 'completeAgain':
      return auditor.completeAgain(asked, call);
    case 'compareCode':
      return auditor.compareCode(asked, call);
    case 'summarize':
      return auditor.summarize(asked, call);
    case 'tokens':
      return auditor.tokens(asked, call);
    case 'calibrations':
      return auditor.calibrations(asked, call);
    case 'calibrate':
      return auditor.calibrate(asked, call);
    case 'auditFiles':
      return auditor.auditFiles(asked, call);
    case 'explainReport':
      return auditor.explainReport(call).then(() => undefined);
    case 'reportPage':
      return auditor.reportPage(asked, call);
    case 'suggest':
      return auditor.suggest(asked, call);
    case 'arrived':
      return auditor.arrived(asked, call);
    case 'look':
      return auditor.look(asked, call);
    case 'committed':
      return auditor.committed(asked, call).then(() => undefined);
    case 'decide':
      return auditor.decide(asked, call);
    case 'learnFromOutcomes':
      return auditor.learnFromOutcomes(asked, call);
    case 'answerAgent':
      return auditor.answerAgent(asked, call);
    case 'testedFunction':
      return auditor.testedFunction(asked, call);
  }
}

function failureOf(error: unknown): Failure {
  if (CandorError.is(error)) {
    const { reason, message, cause } = error;
    return { reason, message, ...stackOf(cause) };
  }
  const message = 'Candor broke down on this request. Try again, and report it if it happens again.';
  return { reason: 'engine-failed', message, ...stackOf(error) };
}

/** Where it broke, by names of functions and files; a message may hold text of the user's. */
function stackOf(error: unknown): { readonly stack?: string } {
  if (!(error instanceof Error) || error.stack === undefined) return {};
  const places = error.stack.split('\n').filter((line) => /^\s+at /.test(line));
  return { stack: [error.name, ...places].join('\n') };
}
