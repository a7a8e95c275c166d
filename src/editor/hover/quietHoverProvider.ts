import * as vscode from 'vscode';
import type { FollowedTexts } from '../followedTexts.ts';
import { isSurprising } from '../marks/chooseMarks.ts';
import type { Owned } from '../owned.ts';
import { silencedAt } from '../regions/silencedAt.ts';
import { readSettings } from '../settings.ts';
import { quietHover } from './quietHover.ts';

/** Tells whoever points at a place that would be marked that a comment keeps it quiet, and why. */
export function registerQuietHover(followed: FollowedTexts): Owned {
  return vscode.languages.registerHoverProvider('*', {
    provideHover(document, position) {
      if (!readSettings().marksEnabled) return undefined;
      const found = silencedAt(followed.regionsOf(document), document.offsetAt(position));
      if (found === null || !isSurprising(found.span)) return undefined;
      const { span, shift } = found;
      const at = (offset: number): vscode.Position => document.positionAt(offset + shift);
      const markdown = new vscode.MarkdownString(quietHover(span, at(span.silence.start).line));
      markdown.supportHtml = false;
      return new vscode.Hover(markdown, new vscode.Range(at(span.start), at(span.end)));
    },
  });
}
