import type * as vscode from 'vscode';

/** The editor's way to cancel as Candor's own; `release` when the work has ended. */
export function abortSignalOf(token: vscode.CancellationToken): {
  readonly abortSignal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const listening = token.onCancellationRequested(() => {
    controller.abort();
  });
  return {
    abortSignal: controller.signal,
    release: () => {
      listening.dispose();
    },
  };
}
