import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';
import { openPlaceNamedBy } from '../openPlace.ts';
import { regionAt } from '../regions/regionAt.ts';

/** Says of a region that somebody looked at it, or takes that back: of one of the report's tree, at a named place, or around the cursor. */
export function toggleLookedAt(candor: Candor, argument?: unknown): Promise<void> {
  const id = regionNamedBy(candor, argument);
  if (id === null) {
    vscode.window.setStatusBarMessage('Candor: nothing was judged here. Audit the file first.', 5000);
  } else {
    const isDone = !candor.lookedAt.has(id);
    candor.lookedAt.set([id], isDone);
    vscode.window.setStatusBarMessage(`Candor: noted as ${isDone ? 'looked at' : 'not looked at'}`, 5000);
  }
  return Promise.resolve();
}

function regionNamedBy({ followed, report }: Candor, argument: unknown): string | null {
  const inReport = report.queue.find((node) => node === argument);
  if (inReport !== undefined) return inReport.outline.id;
  const editor = vscode.window.activeTextEditor;
  const place = openPlaceNamedBy(argument) ?? (editor && { document: editor.document, range: editor.selection });
  return place === undefined
    ? null
    : (regionAt(followed, place.document, place.range.start)?.assessment.region.id ?? null);
}
