import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { regionsInWords } from '../capture/regionsInWords.ts';

/** A person says that a model wrote what is selected: it is judged, and followed from now on. */
export async function declareAiWritten({ capture, work }: Candor): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const selected = (editor?.selections ?? []).filter((selection) => !selection.isEmpty);
  if (document === undefined || selected.length === 0) {
    const message = 'Nothing is selected. Select the code that a model wrote, and run the command again.';
    throw new CandorError('bad-call', message);
  }
  const stretches = selected.map(({ start, end }) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  }));
  const text = document.getText();
  const arrivedMs = Date.now();
  const code = { document: document.uri.toString(), text, stretches, writer: { by: 'declared' }, arrivedMs } as const;
  const regions = await work.run(null, () => capture.followed.arrived(code));
  if (regions === null) return;
  const sentence =
    regions.length === 0
      ? 'Candor: the selection has no code that can be followed.'
      : `Candor: ${regionsInWords(regions.length)} followed as AI-written from now on.`;
  void vscode.window.showInformationMessage(sentence);
}
