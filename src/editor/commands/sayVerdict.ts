import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';

/** A person says of the AI-written code around the caret that it is fine, or wrong: Candor learns from it. */
export async function sayVerdict({ auditor, capture, work }: Candor, isFine: boolean): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const region =
    editor === undefined
      ? null
      : capture.followed.regionAt(editor.document, editor.document.offsetAt(editor.selection.active));
  if (region === null) {
    const sentence =
      'Candor: no AI-written code is followed here. Select it and run “Candor: This is AI-written” first.';
    void vscode.window.showInformationMessage(sentence);
    return;
  }
  const { assessment } = region;
  const said = await work.run(null, (call) =>
    auditor.decide({ kind: 'verdict', assessment, isFine }, call).then(() => true),
  );
  if (said === null) return;
  capture.learnSoon();
  vscode.window.setStatusBarMessage(`Candor: noted that this code is ${isFine ? 'fine' : 'wrong'}`, 5000);
}
