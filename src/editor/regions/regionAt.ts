import type * as vscode from 'vscode';
import type { FollowedTexts } from '../followedTexts.ts';
import type { JudgedRegion } from './judgedRegion.ts';

/** The judged region that a place in a document lies in, the innermost where one holds another; null outside of all. */
export function regionAt(
  followed: FollowedTexts,
  document: vscode.TextDocument,
  position: vscode.Position,
): JudgedRegion | null {
  const offset = document.offsetAt(position);
  const around = followed.regionsOf(document).filter(({ start, end }) => start <= offset && offset <= end);
  const [innermost] = around.toSorted((a, b) => a.end - a.start - (b.end - b.start));
  return innermost ?? null;
}
