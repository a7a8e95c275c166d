import * as vscode from 'vscode';
import { ownAll, type Owned } from '../owned.ts';
import type { LookedAt } from './lookedAt.ts';
import type { RegionNode, ReportModel } from './reportModel.ts';

/** Of what is no doubt, only the head of the queue is worth a badge: more would be noise. */
const HEAD_OF_QUEUE = 10;

/**
 * Badges of files wherever the editor lists them, also among the changes to commit: how many regions of a file are in doubt or at the
 * head of the queue, and nobody has looked at them yet.
 */
export function createFileBadges(model: ReportModel, lookedAt: LookedAt): Owned {
  const changed = new vscode.EventEmitter<vscode.Uri[]>();
  let byFile = new Map<string, readonly RegionNode[]>();

  function update(): void {
    const before = byFile;
    const waiting = model.queue.filter(
      ({ outline }, place) => outline.judged?.band === 'doubt' || place < HEAD_OF_QUEUE,
    );
    byFile = Map.groupBy(
      waiting.filter(({ outline }) => !lookedAt.has(outline.id)),
      ({ parent }) => parent.file.uri.toString(),
    );
    const files = new Set([...before.keys(), ...byFile.keys()]);
    if (files.size > 0) changed.fire(Array.from(files, (uri) => vscode.Uri.parse(uri)));
  }

  return ownAll([
    changed,
    model.onDidChange(update),
    lookedAt.onDidChange(update),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: changed.event,
      provideFileDecoration(uri) {
        const waiting = byFile.get(uri.toString());
        return waiting === undefined ? undefined : badge(waiting);
      },
    }),
  ]);
}

function badge(waiting: readonly RegionNode[]): vscode.FileDecoration {
  const doubts = waiting.filter(({ outline }) => outline.judged?.band === 'doubt').length;
  const count = waiting.length === 1 ? '1 region to look at' : `${waiting.length} regions to look at`;
  const decoration = new vscode.FileDecoration(
    // The editor shows two characters.
    waiting.length > 9 ? '9+' : String(waiting.length),
    `Candor: ${count}${doubts === 0 ? '' : `, ${doubts} of them in doubt`}`,
  );
  if (doubts > 0) decoration.color = new vscode.ThemeColor('candor.firstMarkLine');
  return decoration;
}
