import * as vscode from 'vscode';
import type { DetailedReason, EditEvent, TextEdit } from '../../capture/provenance/editEvent.ts';
import { isRecord } from '../../wire/jsonReaders.ts';
import type { Owned } from '../owned.ts';

/** The texts of open documents as they were before the change that is told of: the editor does not say what was deleted. */
export interface DocumentTexts extends Owned {
  /**
   * A change as plain data; the text counts as changed from then on.
   * @param carets offsets before it
   * @returns null for a document that is not followed, and for a change of nothing but the unsaved state
   */
  eventOf(change: vscode.TextDocumentChangeEvent, carets: readonly number[]): TextEvent | null;
}

/** A change, and the text before it. */
export interface TextEvent extends EditEvent {
  readonly textBefore: string;
}

/** Longer texts are data, and nobody's code. */
const MOST_UNITS = 1_000_000;

const CODE_SCHEMES = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs'];

export function createDocumentTexts(): DocumentTexts {
  const texts = new Map<string, string>();

  function open(document: vscode.TextDocument): void {
    if (!CODE_SCHEMES.includes(document.uri.scheme)) return;
    const text = document.getText();
    if (text.length <= MOST_UNITS) texts.set(document.uri.toString(), text);
  }

  for (const document of vscode.workspace.textDocuments) open(document);
  const listening = [
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  ];

  return {
    eventOf(change, carets) {
      const { document, contentChanges, reason } = change;
      const uri = document.uri.toString();
      const before = texts.get(uri);
      if (before === undefined || contentChanges.length === 0) return null;
      const edits = contentChanges.map(({ rangeOffset, rangeLength, text }): TextEdit => ({
        start: rangeOffset,
        end: rangeOffset + rangeLength,
        removed: before.slice(rangeOffset, rangeOffset + rangeLength),
        inserted: text,
      }));
      texts.set(uri, edited(before, edits));
      return {
        textBefore: before,
        atMs: performance.now(),
        document: uri,
        edits,
        reason: reasonOf(reason),
        detailedReason: detailedReasonOf(change),
        isDirty: document.isDirty,
        carets,
        isActive: vscode.window.activeTextEditor?.document === document,
      };
    },
    dispose() {
      for (const listener of listening) listener.dispose();
    },
  };
}

/** The text after edits that all speak of the text before. */
function edited(before: string, edits: readonly TextEdit[]): string {
  // From the end on, so that no edit moves those that are still to come.
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((text, { start, end, inserted }) => text.slice(0, start) + inserted + text.slice(end), before);
}

function reasonOf(reason: vscode.TextDocumentChangeReason | undefined): EditEvent['reason'] {
  if (reason === vscode.TextDocumentChangeReason.Undo) return 'undo';
  return reason === vscode.TextDocumentChangeReason.Redo ? 'redo' : null;
}

/** A proposed API: in a stock VS Code it is not there, and what is in it may change. */
function detailedReasonOf(change: vscode.TextDocumentChangeEvent): DetailedReason | null {
  if (!('detailedReason' in change)) return null;
  const given: unknown = change.detailedReason;
  if (!isRecord(given) || typeof given.source !== 'string') return null;
  return { source: given.source, metadata: isRecord(given.metadata) ? given.metadata : {} };
}
