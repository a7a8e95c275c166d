import * as vscode from 'vscode';
import { previewReplacement } from '../actions/previewReplacement.ts';
import type { Candor } from '../candor.ts';
import { textToAsk } from '../textToAsk.ts';

/** Lets the engine write the rest of a statement again, from a mark or the cursor on, and shows the change before it is made. */
export async function completeAgain(candor: Candor, argument?: unknown): Promise<void> {
  const { document, asked, openTexts, stretch, rangeOf } = textToAsk(candor.followed, argument);
  const { version } = document;
  const outcome = await candor.work.run('Writing again from here', async (call) => ({
    written: await candor.auditor.completeAgain(
      { ...asked, offset: stretch.start, openTexts, setup: await candor.setup() },
      call,
    ),
  }));
  if (outcome === null) return;
  const { written } = outcome;
  const standing = written === null ? '' : asked.text.slice(written.start, written.end);
  if (written === null || written.text === standing) {
    const what = written === null ? 'writes nothing here' : 'writes the same again';
    void vscode.window.showInformationMessage(
      `Candor: the engine ${what}. Ask for a second opinion to see how sure it is.`,
    );
    return;
  }
  if (document.version !== version) {
    void vscode.window.showInformationMessage('Candor: the text was changed meanwhile. Run the command again.');
    return;
  }
  const title = 'Candor: written again';
  await vscode.workspace.applyEdit(previewReplacement(document.uri, rangeOf(written), written.text, title));
}
