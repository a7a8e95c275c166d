import * as vscode from 'vscode';

/**
 * Gives the keyboard to a place: in the cell of a notebook that is open, or in a text editor.
 *
 * @param range absent: where the cursor is
 * @param viewColumn where a text editor is to be; absent: in the active group
 */
export async function showCode(uri: vscode.Uri, range?: vscode.Range, viewColumn?: vscode.ViewColumn): Promise<void> {
  const cell = vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((candidate) => candidate.document.uri.toString() === uri.toString());
  if (cell !== undefined) await showCell(cell);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, {
    preserveFocus: false,
    ...(range && { selection: range }),
    // A cell is where its notebook is.
    ...(viewColumn !== undefined && cell === undefined && { viewColumn }),
  });
  if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function showCell({ index, notebook }: vscode.NotebookCell): Promise<void> {
  const opened = vscode.window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  await vscode.window.showNotebookDocument(notebook, {
    selections: [new vscode.NotebookRange(index, index + 1)],
    ...(opened?.viewColumn !== undefined && { viewColumn: opened.viewColumn }),
  });
}
