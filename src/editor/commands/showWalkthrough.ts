import * as vscode from 'vscode';

/** As the editor names it: the extension, and the walkthrough in its manifest. */
export const WALKTHROUGH = 'candor.candor#candor.start';

/** Opens the walkthrough in place of the page that the editor starts with. */
export async function showWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false);
}
