import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';
import { openPlaceNamedBy } from '../openPlace.ts';
import { regionAt } from '../regions/regionAt.ts';

/** Goes to a mark of a document that is open: what the line over a function does. Its region was looked at then. */
export async function openMark({ followed, lookedAt }: Candor, argument?: unknown): Promise<void> {
  const place = openPlaceNamedBy(argument);
  if (place === null) return;
  const { document, range } = place;
  await vscode.window.showTextDocument(document, { selection: range });
  const region = regionAt(followed, document, range.start);
  if (region !== null) lookedAt.set([region.assessment.region.id], true);
}
