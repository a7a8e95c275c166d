import * as vscode from 'vscode';
import type { OpenText as AskedText } from '../app/auditor/openText.ts';
import type { OpenText } from '../app/completions/completionContext.ts';
import { CandorError } from '../core/candorError.ts';
import type { TextRange } from '../engines/engine.ts';
import type { FollowedTexts } from './followedTexts.ts';
import { markAt } from './marks/markAt.ts';
import { openPlaceNamedBy } from './openPlace.ts';
import { openTextsBeside } from './openTextsBeside.ts';
import { joinedText, subjectOf } from './subject.ts';

/** A stretch of a document that an engine is asked about, and the text that it stands in. */
export interface TextToAsk {
  readonly document: vscode.TextDocument;
  /** As the auditor takes it. */
  readonly asked: AskedText;
  readonly openTexts: readonly OpenText[];
  /** Offsets in the asked text. */
  readonly stretch: TextRange;
  /** The range of the document that a stretch of the asked text is. */
  readonly rangeOf: (stretch: TextRange) => vscode.Range;
}

/**
 * The place that a command was called on, the mark at the cursor, or the selection.
 * @throws CandorError `unsupported` where there is no code
 */
export function textToAsk(followed: FollowedTexts, argument: unknown): TextToAsk {
  const place = openPlaceNamedBy(argument) ?? placeOfCursor(followed);
  const subject = place === null ? null : subjectOf(place.document);
  if (place === null || subject === null) {
    throw new CandorError('unsupported', 'There is no code here to ask about. Put the cursor on a line of code.');
  }
  const { document, range } = place;
  const { key, path, language } = subject;
  const { text, starts } = joinedText(subject);
  const from = starts[subject.documents.indexOf(document)] ?? 0;
  return {
    document,
    asked: { document: key, text, path, language },
    openTexts: openTextsBeside(document),
    stretch: { start: from + document.offsetAt(range.start), end: from + document.offsetAt(range.end) },
    rangeOf: ({ start, end }) => new vscode.Range(document.positionAt(start - from), document.positionAt(end - from)),
  };
}

function placeOfCursor(
  followed: FollowedTexts,
): { readonly document: vscode.TextDocument; readonly range: vscode.Range } | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const mark = selection.isEmpty ? markAt(followed, document, selection.active) : undefined;
  if (mark === undefined) return { document, range: selection };
  return { document, range: new vscode.Range(document.positionAt(mark.start), document.positionAt(mark.end)) };
}
