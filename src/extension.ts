import type * as vscode from 'vscode';
import { createThreadedAuditor } from './app/auditor/threadedAuditor.ts';
import { startCandor } from './editor/startCandor.ts';

/** Called by the editor when it has started, or when a command of Candor is first run. */
export function activate(context: vscode.ExtensionContext): void {
  const auditor = createThreadedAuditor({ workerUrl: new URL('auditorThread.mjs', import.meta.url) });
  context.subscriptions.push(startCandor(auditor, context, new URL('cli.mjs', import.meta.url)), {
    dispose: () => void auditor.close(),
  });
}
