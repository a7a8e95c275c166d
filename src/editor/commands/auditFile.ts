import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { subjectOf, subjectOfNotebook, type Subject } from '../subject.ts';
import { auditSubjects } from './auditSubjects.ts';

/** Judges the file in view, or the one that the command was called on; of a comparison both sides. */
export async function auditFile(candor: Candor, argument?: unknown): Promise<void> {
  const subjects = argument instanceof vscode.Uri ? [await openedSubject(argument)] : subjectsInView();
  await auditSubjects(candor, subjects);
}

async function openedSubject(uri: vscode.Uri): Promise<Subject> {
  const opened = vscode.window.activeNotebookEditor?.notebook;
  if (opened?.uri.toString() === uri.toString()) return known(subjectOfNotebook(opened));
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch (cause) {
    const message = 'This file cannot be opened as text. Choose a file of source code.';
    throw new CandorError('unsupported', message, { cause });
  }
  // What is in view already, as in the editor of a merge, must not come up once more beside it.
  const isInView = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
  if (!isInView) await vscode.window.showTextDocument(document, { preserveFocus: true });
  return known(subjectOf(document));
}

function subjectsInView(): readonly Subject[] {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook !== undefined) return [known(subjectOfNotebook(notebook))];
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) {
    const sides = [input.modified, input.original].map((uri) => uri.toString());
    const subjects = vscode.window.visibleTextEditors
      .filter(({ document }) => sides.includes(document.uri.toString()))
      .map(({ document }) => subjectOf(document))
      .filter((subject) => subject !== null)
      .filter((subject, index, all) => all.findIndex(({ key }) => key === subject.key) === index)
      .sort((a, b) => sides.indexOf(a.key) - sides.indexOf(b.key));
    if (subjects.length > 0) return subjects;
  }
  const document = vscode.window.activeTextEditor?.document;
  return [known(document === undefined ? null : subjectOf(document))];
}

function known(subject: Subject | null): Subject {
  if (subject !== null) return subject;
  throw new CandorError('unsupported', 'There is no text here to judge. Open a file of source code.');
}
