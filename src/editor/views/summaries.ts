import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import { visible } from '../../report/visible.ts';
import type { Subject } from '../subject.ts';
import type { Owned } from '../owned.ts';

const SCHEME = 'candor-summary';

/** It has a grammar of its own (`syntaxes/report.tmLanguage.json`). */
const LANGUAGE = 'candor-report';

/** Summaries of files, as read-only documents of plain text: nothing in them acts. */
export interface Summaries extends Owned {
  /**
   * Opens a summary beside the file.
   * @param title what it is, before the name of the file
   */
  show(subject: Subject, text: string, title: string): Promise<void>;
}

export function createSummaries(): Summaries {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registered = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
    changed,
  ];
  return {
    async show({ uri: source, key }, text, title) {
      const path = `/${title}: ${visible(basename(source.path))}.txt`;
      const uri = vscode.Uri.from({ scheme: SCHEME, path, query: key });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      const opened = await vscode.workspace.openTextDocument(uri);
      const document = await vscode.languages.setTextDocumentLanguage(opened, LANGUAGE);
      await vscode.window.showTextDocument(document, {
        viewColumn: vscode.ViewColumn.Beside,
        preserveFocus: true,
        preview: true,
      });
    },
    dispose() {
      for (const disposable of registered) disposable.dispose();
    },
  };
}
