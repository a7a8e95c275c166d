import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { openFolders, pathInWorkspace } from '../openFolders.ts';
import { showCode } from '../showCode.ts';

/** Opens the line that a link of the report page names. A region of the report that begins there was looked at then. */
export async function openReportedPlace({ report, lookedAt }: Candor, argument?: unknown): Promise<void> {
  const { workspace } = openFolders();
  if (!isReportedPlace(argument) || workspace === null) return;
  const file = join(workspace, argument.path);
  try {
    if (pathInWorkspace(file) === null) throw new RangeError('it is not in the workspace');
    await showCode(vscode.Uri.file(file), new vscode.Range(argument.line, 0, argument.line, 0));
  } catch (cause) {
    const message = `${basename(file)} cannot be opened any more. Audit again to bring the report up to date.`;
    throw new CandorError('not-found', message, { cause });
  }
  const regions = report.roots.flatMap((root) =>
    root.kind === 'file' && root.file.uri.fsPath === file ? root.regions : [],
  );
  const found = regions.filter(({ outline }) => outline.start.line === argument.line);
  lookedAt.set(
    found.map(({ outline }) => outline.id),
    true,
  );
}

interface ReportedPlace {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly line: number;
}

function isReportedPlace(value: unknown): value is ReportedPlace {
  if (typeof value !== 'object' || value === null || !('path' in value && 'line' in value)) return false;
  return typeof value.path === 'string' && Number.isInteger(value.line) && Number(value.line) >= 0;
}
