import * as vscode from 'vscode';
import type { FollowedCode } from '../capture/followedCode.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import { markAt } from '../marks/markAt.ts';
import type { Owned } from '../owned.ts';
import { REGION_COMMANDS, regionHover } from './regionHover.ts';

/**
 * Tells of code that a model wrote what is known of it, to whoever points at its first line, or at a mark in it. Elsewhere it keeps
 * quiet: a hover over every word of such code would be in the way.
 */
export function registerRegionHover(code: FollowedCode, texts: FollowedTexts): Owned {
  return vscode.languages.registerHoverProvider('*', {
    provideHover(document, position) {
      const offset = document.offsetAt(position);
      const region = code.regionAt(document, offset);
      if (region?.range == null) return undefined;
      const { start, end } = region.range;
      const first = document.positionAt(start).line;
      const isOnMark = markAt(texts, document, position) !== undefined;
      if (position.line !== first && !isOnMark) return undefined;
      const place = { document: document.uri.toString(), start, end };
      const markdown = new vscode.MarkdownString(regionHover(region.facts, place, Date.now()));
      markdown.isTrusted = { enabledCommands: REGION_COMMANDS };
      markdown.supportHtml = false;
      return new vscode.Hover(markdown, document.lineAt(first).range);
    },
  });
}
