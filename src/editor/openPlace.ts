import * as vscode from 'vscode';
import { isPlaceInDocument } from './placeInDocument.ts';

/** A stretch of a document that is open. */
export interface OpenPlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

/** The place that a link of a hover names, wherever the cursor is; null for what names none, or a document that is not open. */
export function openPlaceNamedBy(argument: unknown): OpenPlace | null {
  if (!isPlaceInDocument(argument)) return null;
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === argument.document);
  if (document === undefined) return null;
  return { document, range: new vscode.Range(document.positionAt(argument.start), document.positionAt(argument.end)) };
}
