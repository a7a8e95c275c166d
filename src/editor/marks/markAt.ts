import type * as vscode from 'vscode';
import type { FollowedTexts } from '../followedTexts.ts';
import type { Mark } from './mark.ts';

/** The mark that a place in a document lies on or beside, where marks are shown. */
export function markAt(
  followed: FollowedTexts,
  document: vscode.TextDocument,
  position: vscode.Position,
): Mark | undefined {
  const marks = followed.marksOf(document);
  if (marks.length === 0) return undefined;
  const offset = document.offsetAt(position);
  return marks.find((mark) => mark.start <= offset && offset <= mark.end);
}
