import * as vscode from 'vscode';
import { comparisonCount } from '../../app/opinions/compareCode.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import type { RegionNode } from '../views/reportModel.ts';

/** How many regions may be compared: the calls grow with their square. */
const COUNTS = [4, 8, 12] as const;

/** An engine reads two of them at a time. */
const MOST_LINES = 60;

/**
 * Puts the head of the queue in order by an engine that is asked of every two regions there which is likelier wrong, after saying what that
 * costs. Regions that were looked at are left out.
 */
export async function compareRegions(candor: Candor): Promise<void> {
  const { auditor, lookedAt, report, reportView, work } = candor;
  const waiting = report.queue.filter(({ outline }) => !lookedAt.has(outline.id));
  if (waiting.length < 2) {
    const message = 'Fewer than two regions are left to compare. Audit something first, or more of it.';
    throw new CandorError('unsupported', message);
  }
  const setup = await candor.setup();
  const sizes = new Set(COUNTS.map((count) => Math.min(count, waiting.length)));
  const items = Array.from(sizes, (size) => ({
    label: `The first ${size} regions`,
    description: `${comparisonCount(size)} questions of two regions each`,
    size,
  }));
  const sent = setup.choice.engine === 'openai' ? ' Their code is sent to the server.' : '';
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Put the queue in order by comparisons',
    placeHolder: `The engine is asked which of two more likely has a mistake, both ways round.${sent}`,
  });
  if (picked === undefined) return;
  const compared = waiting.slice(0, picked.size);
  const pieces = await Promise.all(compared.map(codeOf));
  const strengths = await work.run('Comparing regions', (call) => auditor.compareCode({ setup, pieces }, call));
  if (strengths === null) return;
  report.putFirst(new Map(compared.map(({ outline }, index) => [outline.id, strengths[index] ?? 0])));
  await reportView.show(false);
  vscode.window.setStatusBarMessage(`Candor: the first ${picked.size} regions are in order of the comparisons`, 5000);
}

async function codeOf({ parent, outline }: RegionNode): Promise<string> {
  const { uri, range } = parent.file.locate(outline);
  const document = await vscode.workspace.openTextDocument(uri);
  return document.getText(range).split('\n').slice(0, MOST_LINES).join('\n');
}
