/**
 * Runs inside a real VS Code: activates extensions that do not start by themselves, each for the first time in this host,
 * and writes how long the editor took for each.
 */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('candorDriver.activateAll', async () => {
      const ids = (process.env.CANDOR_BENCH_ACTIVATE ?? '').split(',');
      const took: Record<string, number> = {};
      for (const id of ids) {
        const start = performance.now();
        await vscode.extensions.getExtension(id)?.activate();
        took[id] = performance.now() - start;
      }
      appendFileSync(process.env.CANDOR_BENCH_OUT ?? '', `${JSON.stringify(took)}\n`);
    }),
  );
}
