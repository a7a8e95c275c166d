import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { skipReasonOfText } from '../../audit/readSource.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import { ownAll, type Owned } from '../owned.ts';

/** A tool writes a file in pieces, and the system tells of each. */
const QUIET_MS = 500;

const NOBODYS = /(?:^|\/)(?:\.git|node_modules|\.venv|dist|build|target)\//;

/**
 * Tells of code files that were written on the disk and are open in no editor: an agent may have done so.
 * @param isWanted asked first: without anything recorded, nothing could be said of them
 */
export function watchDisk(isWanted: () => boolean, onText: (uri: vscode.Uri, text: string) => void): Owned {
  const waiting = new Map<string, NodeJS.Timeout>();
  const watcher = vscode.workspace.createFileSystemWatcher('**/*', false, false, true);

  function onWritten(uri: vscode.Uri): void {
    if (uri.scheme !== 'file' || NOBODYS.test(uri.path) || detectLanguage(uri.path, '') === null || !isWanted()) return;
    const key = uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        void read(uri);
      }, QUIET_MS),
    );
  }

  async function read(uri: vscode.Uri): Promise<void> {
    // What is open tells of its changes itself.
    if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return;
    const text = await readFile(uri.fsPath, 'utf8').catch(() => '');
    if (skipReasonOfText(text) === null) onText(uri, text);
  }

  return ownAll([
    watcher,
    watcher.onDidCreate(onWritten),
    watcher.onDidChange(onWritten),
    {
      dispose() {
        for (const timer of waiting.values()) clearTimeout(timer);
      },
    },
  ]);
}
