import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';

/** Writes all that the ledger keeps to a file that a person chooses, as JSON lines. */
export async function exportLedger({ auditor, work }: Candor): Promise<void> {
  const chosen = await vscode.window.showSaveDialog({
    title: 'Export what became of AI-written code',
    filters: { 'JSON lines': ['jsonl'] },
  });
  if (chosen === undefined) return;
  const done = await work.run(null, (call) =>
    auditor.decide({ kind: 'export', file: chosen.fsPath }, call).then(() => true),
  );
  if (done !== null) void vscode.window.showInformationMessage('Candor: the ledger was exported. It holds no code.');
}
