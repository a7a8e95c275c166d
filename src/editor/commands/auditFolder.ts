import * as vscode from 'vscode';
import type { Candor } from '../candor.ts';
import { openFolders } from '../openFolders.ts';
import { auditOnDisk, insideWorkspace } from './auditOnDisk.ts';

/** Judges the folder that the command was called on, or one that is picked. */
export async function auditFolder(candor: Candor, argument?: unknown): Promise<void> {
  const folder = argument instanceof vscode.Uri ? argument : await pickFolder();
  if (folder === undefined) return;
  await auditOnDisk(candor, 'Auditing the folder', { kind: 'paths', paths: [insideWorkspace(folder)] });
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const [first] = openFolders().folders;
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Audit',
    ...(first !== undefined && { defaultUri: vscode.Uri.file(first) }),
  });
  return picked?.[0];
}
