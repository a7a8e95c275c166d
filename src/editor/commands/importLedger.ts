import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';

/** Adds what another ledger exported. */
export async function importLedger({ auditor, capture, work }: Candor): Promise<void> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: 'Import what became of AI-written code',
      filters: { 'JSON lines': ['jsonl'] },
    })) ?? [];
  if (chosen === undefined) return;
  const added = await work.run(null, (call) => auditor.decide({ kind: 'import', file: chosen.fsPath }, call));
  if (added === null) return;
  capture.learnSoon();
  const sentence = `Candor: added ${count(added.assessments, 'assessment')} and ${count(added.outcomes, 'outcome')}.`;
  void vscode.window.showInformationMessage(sentence);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
