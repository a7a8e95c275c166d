import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { openPlaceNamedBy, type OpenPlace } from '../openPlace.ts';
import { subjectOf } from '../subject.ts';
import { auditSubjects } from './auditSubjects.ts';

const AUDIT = 'Audit the file';

/**
 * Shows the syntax of the judged region at the place that it was called on, or around the cursor. Called by the keyboard, which names
 * nothing, it takes the keyboard to the tree; a menu or the lightbulb, called on something, leaves it in the code.
 */
export async function showSyntax({ syntax, ...candor }: Candor, argument?: unknown): Promise<void> {
  const place = openPlaceNamedBy(argument) ?? placeOfCursor();
  const subject = place === null ? null : subjectOf(place.document);
  if (place === null || subject === null) {
    throw new CandorError(
      'unsupported',
      'There is no code here. Open a file of source code, and put the cursor into it.',
    );
  }
  const isFocused = argument === undefined;
  if (await syntax.show(place, isFocused)) return;
  const message = candor.followed.isFollowed(subject)
    ? 'Candor: The cursor is in no code that was judged. Put it into a function or a statement of an audited part.'
    : 'Candor: This file is not judged yet, so nothing is known of its syntax.';
  const chosen = await vscode.window.showInformationMessage(message, AUDIT);
  if (chosen === undefined) return;
  await auditSubjects({ syntax, ...candor }, [subject]);
  // Whoever waited may be typing by now.
  await syntax.show(place, false);
}

function placeOfCursor(): OpenPlace | null {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? null : { document: editor.document, range: editor.selection };
}
