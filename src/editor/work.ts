import * as vscode from 'vscode';
import type { Call } from '../app/auditor/call.ts';
import { createTimeLeft } from '../app/timeLeft.ts';
import { CandorError } from '../core/candorError.ts';
import { inertMessage } from './inertMessage.ts';
import type { Logger } from './logger.ts';
import type { StatusBar } from './statusBar.ts';
import type { Owned } from './owned.ts';

/** Work that a person asked for, one piece at a time or several side by side, all of which `stop` ends. */
export interface Work extends Owned {
  /**
   * Runs a piece of work to its end and says in the status bar how far it is.
   *
   * @param title said in a notification with a button to cancel, for work on more than what is in view; null: status bar only
   * @returns null when it was stopped or failed; a failure is logged and shown in one sentence
   */
  run<Result>(title: string | null, work: (call: Call) => Promise<Result>): Promise<Result | null>;
  /** Work that nobody asked for at this moment: a failure goes to the log and the status bar alone. */
  runQuietly<Result>(work: (call: Call) => Promise<Result>): Promise<Result | null>;
  stop(): void;
}

/** @param onEnd called whenever no work is under way any more, to say again what state the text in view is in */
export function createWork(log: Logger, status: StatusBar, onEnd: () => void): Work {
  const running = new Set<AbortController>();

  async function attempt<Result>(
    controller: AbortController,
    report: (activity: string, done: number, total: number) => void,
    work: (call: Call) => Promise<Result>,
  ): Promise<Result | CandorError | null> {
    running.add(controller);
    let failure: CandorError | null = null;
    try {
      return await work({ onProgress: report, abortSignal: controller.signal });
    } catch (error) {
      if (controller.signal.aborted) return null;
      failure = CandorError.is(error) ? error : unexpected(error);
      log.error(`${failure.reason}: ${failure.message}${detailOf(failure)}`);
      return failure;
    } finally {
      running.delete(controller);
      if (running.size === 0) {
        setContext('candor:busy', false);
        onEnd();
      }
      if (failure !== null) status.failed(failure.message);
    }
  }

  function begin(): AbortController {
    setContext('candor:busy', true);
    status.busy('starting', 0, 0);
    return new AbortController();
  }

  function say(activity: string, done: number, total: number): void {
    status.busy(activity, done, total);
  }

  function finish<Result>(outcome: Result | CandorError | null, isShown: boolean): Result | null {
    if (!CandorError.is(outcome)) return outcome;
    if (isShown) void showFailure(outcome);
    return null;
  }

  return {
    async run(title, work) {
      const controller = begin();
      if (title === null) return finish(await attempt(controller, say, work), true);
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      const outcome = await vscode.window.withProgress(options, async (progress, cancellation) => {
        const listening = cancellation.onCancellationRequested(() => {
          controller.abort();
        });
        const timeLeft = createTimeLeft();
        try {
          return await attempt(
            controller,
            (activity, done, total) => {
              say(activity, done, total);
              const left = timeLeft(activity, done, total);
              const words = total > 0 ? `${activity} ${done} of ${total}` : activity;
              progress.report({ message: left === '' ? words : `${words}, ${left}` });
            },
            work,
          );
        } finally {
          listening.dispose();
        }
      });
      return finish(outcome, true);
    },
    async runQuietly(work) {
      return finish(await attempt(begin(), say, work), false);
    },
    stop() {
      for (const controller of running) controller.abort();
    },
    dispose() {
      this.stop();
    },
  };
}

async function showFailure(failure: CandorError): Promise<void> {
  const chosen = await vscode.window.showErrorMessage(`Candor: ${inertMessage(failure.message)}`, 'Show the log');
  if (chosen !== undefined) await vscode.commands.executeCommand('candor.showLog');
}

function unexpected(cause: unknown): CandorError {
  return new CandorError('engine-failed', 'Something in Candor broke. The log says where; please report it.', {
    cause,
  });
}

/** Where it broke: the stack has names of functions and files, and no text of the user's. */
function detailOf({ cause }: CandorError): string {
  return cause instanceof Error && cause.stack !== undefined
    ? `\n${cause.stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')}`
    : '';
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
