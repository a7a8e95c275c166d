import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';
import { regionsInWords } from '../capture/regionsInWords.ts';

/** A person says that no model wrote what is selected, or what stands around the caret: it is forgotten. */
export async function declareMine({ auditor, capture, work }: Candor): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const chosen =
    editor === undefined
      ? []
      : capture.followed.regionsOf(editor.document).filter(({ range }) =>
          editor.selections.some(({ start, end }) => {
            if (range === null) return false;
            return editor.document.offsetAt(start) <= range.end && range.start <= editor.document.offsetAt(end);
          }),
        );
  const assessments = chosen.map(({ assessment }) => assessment);
  if (assessments.length > 0) {
    const done = await work.run(null, (call) => auditor.decide({ kind: 'disown', assessments }, call).then(() => true));
    if (done === null) return;
    capture.followed.forget(assessments);
  }
  const sentence =
    assessments.length === 0
      ? 'Candor: nothing here is followed as AI-written.'
      : `Candor: ${regionsInWords(assessments.length)} forgotten: you wrote it.`;
  void vscode.window.showInformationMessage(sentence);
}
