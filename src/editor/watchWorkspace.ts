import * as vscode from 'vscode';
import type { Auditor } from '../app/auditor/auditor.ts';
import { ownAll, type Owned } from './owned.ts';

/** Tells the auditor that files on the disk changed; what changed is looked up at the next judgement. */
export function watchWorkspace(auditor: Auditor): Owned {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const tell = ({ path }: vscode.Uri): void => {
    if (!path.includes('/.git/')) auditor.workspaceChanged();
  };
  return ownAll([
    watcher,
    watcher.onDidChange(tell),
    watcher.onDidCreate(tell),
    watcher.onDidDelete(tell),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      auditor.workspaceChanged();
    }),
  ]);
}
