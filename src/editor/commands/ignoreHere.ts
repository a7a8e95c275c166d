import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import { isReason, suppressionComment } from '../../syntax/suppressionComment.ts';
import type { Candor } from '../candor.ts';
import { openPlaceNamedBy } from '../openPlace.ts';
import { subjectOf } from '../subject.ts';

/**
 * Writes a comment above the line of a place, or of the cursor, that says why the code there is fine: Candor says no more of it, and
 * whoever reads the code knows why.
 */
export async function ignoreHere(_candor: Candor, argument?: unknown): Promise<void> {
  const place = openPlaceNamedBy(argument) ?? placeOfCursor();
  const language = place === null ? undefined : subjectOf(place.document)?.language;
  if (place === null || language === undefined || suppressionComment(language, '', 'x') === null) {
    const message = 'There is no code here in which a comment could say it. Put the cursor on a line of code.';
    throw new CandorError('unsupported', message);
  }
  const { document, range } = place;
  const reason = await vscode.window.showInputBox({
    title: 'Why is this fine?',
    prompt: 'The reason stands in a comment above the line.',
    validateInput: (words) => (isReason(words) ? null : 'A reason has words.'),
  });
  if (reason === undefined) return;
  const line = document.lineAt(range.start.line);
  const indentation = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const comment = suppressionComment(language, indentation, reason.trim());
  if (comment === null) return;
  const edit = new vscode.WorkspaceEdit();
  const end = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  edit.insert(document.uri, line.range.start, comment.replace(/\r?\n$/, '') + end);
  await vscode.workspace.applyEdit(edit);
}

function placeOfCursor(): { readonly document: vscode.TextDocument; readonly range: vscode.Range } | null {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? null : { document: editor.document, range: editor.selection };
}
