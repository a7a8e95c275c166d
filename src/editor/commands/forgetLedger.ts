import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';

const FORGET = 'Forget';

/** Forgets what became of AI-written code, and what was learned from it: of this workspace, or all of it. */
export async function forgetLedger(
  { auditor, capture, followed, setup, work }: Candor,
  what: 'workspace' | 'everything',
): Promise<void> {
  const question =
    what === 'workspace'
      ? 'Forget what became of AI-written code in this workspace, and what was learned from it?'
      : 'Forget what became of AI-written code in all workspaces, and what was learned from it?';
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail: 'It cannot be brought back.' },
    FORGET,
  );
  if (answer !== FORGET) return;
  const done = await work.run(null, async (call) => {
    const { workspace } = await setup();
    return auditor
      .decide(what === 'workspace' ? { kind: 'forget', workspace } : { kind: 'forget' }, call)
      .then(() => true);
  });
  if (done === null) return;
  capture.followed.forgetAll();
  // What is marked may have been judged by what was learned.
  followed.clear();
  void vscode.window.showInformationMessage('Candor: forgotten.');
}
