import * as vscode from 'vscode';

/**
 * An edit that puts text in the place of a range once the person has seen the change and agrees: nothing that a model wrote goes into a
 * file unseen.
 * @param title says what is done, in words that are inert in labels
 */
export function previewReplacement(
  uri: vscode.Uri,
  range: vscode.Range,
  text: string,
  title: string,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, text, { needsConfirmation: true, label: title });
  return edit;
}
