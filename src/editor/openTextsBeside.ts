import * as vscode from 'vscode';
import type { OpenText } from '../app/completions/completionContext.ts';
import { pathInWorkspace } from './openFolders.ts';

/** Of the texts that are open, as many are shown to the engine at most. */
const MOST_OTHERS = 10;

/** The other files that are open: what an engine may be shown beside the one that it writes in. */
export function openTextsBeside(document: vscode.TextDocument): readonly OpenText[] {
  return vscode.workspace.textDocuments
    .filter((other) => other !== document && other.uri.scheme === 'file')
    .slice(0, MOST_OTHERS)
    .map((other) => ({ path: pathInWorkspace(other.uri.fsPath) ?? other.uri.path, text: other.getText() }));
}
