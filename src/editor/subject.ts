import * as vscode from 'vscode';
import type { LanguageId } from '../syntax/languages.ts';
import { languageOfDocument } from './languageOfDocument.ts';
import { pathOf } from './openFolders.ts';

/** What is judged as one text: a document, or the code cells of a notebook. */
export interface Subject {
  /** Its URI. */
  readonly key: string;
  readonly uri: vscode.Uri;
  /** Relative to the workspace, with `/`; a bare name outside of it. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
  /** The language's name for the editor's colours. */
  readonly languageId: string;
  /** In order of the text. */
  readonly documents: readonly vscode.TextDocument[];
}

/** The text of a subject, and where each document begins in it. */
export interface JoinedText {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Documents of the editor's and of Candor's own, which nobody wrote as code. */
const NO_CODE_SCHEMES = ['output', 'comment', 'candor-summary'];

/** What a document belongs to: itself, or the notebook whose cell it is; null for text that nobody wrote as code. */
export function subjectOf(document: vscode.TextDocument): Subject | null {
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => isCellOf(document, uri));
  if (notebook !== undefined) return subjectOfNotebook(notebook);
  if (NO_CODE_SCHEMES.includes(document.uri.scheme)) return null;
  return subjectOfDocuments(document.uri, [document], document);
}

/** The code cells of a notebook that are in the language of the first of them; null where there is none. */
export function subjectOfNotebook(notebook: vscode.NotebookDocument): Subject | null {
  const cells = notebook
    .getCells()
    .filter((cell) => cell.kind === vscode.NotebookCellKind.Code)
    .map((cell) => cell.document);
  const first = cells[0];
  if (first === undefined) return null;
  const documents = cells.filter((cell) => cell.languageId === first.languageId);
  return subjectOfDocuments(notebook.uri, documents, first);
}

/** The subject as it is now: a notebook may have other cells. */
export function subjectAgain(subject: Subject): Subject {
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === subject.key);
  return (notebook && subjectOfNotebook(notebook)) ?? subject;
}

/** Cells stand below each other, as if they were one file: what one defines the next ones know. */
export function joinedText({ documents }: Subject): JoinedText {
  const starts: number[] = [];
  let text = '';
  for (const document of documents) {
    if (text !== '') text += '\n';
    starts.push(text.length);
    text += document.getText();
  }
  return { text, starts };
}

function subjectOfDocuments(
  uri: vscode.Uri,
  documents: readonly vscode.TextDocument[],
  first: vscode.TextDocument,
): Subject {
  return {
    key: uri.toString(),
    uri,
    path: pathOf(uri),
    language: languageOfDocument(first.languageId, uri.path, first.lineAt(0).text),
    languageId: first.languageId,
    documents,
  };
}

function isCellOf(document: vscode.TextDocument, notebook: vscode.Uri): boolean {
  return document.uri.scheme === 'vscode-notebook-cell' && document.uri.path === notebook.path;
}
