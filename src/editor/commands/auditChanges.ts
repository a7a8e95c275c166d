import * as vscode from 'vscode';
import { recentCommits } from '../../history/recentCommits.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import { openFolders } from '../openFolders.ts';
import { auditOnDisk } from './auditOnDisk.ts';

/** Commits offered to pick from. */
const COMMITS_OFFERED = 30;

/** Judges what changed since a commit that is picked or named. */
export async function auditChanges(candor: Candor): Promise<void> {
  const { folders } = openFolders();
  const since = await pickCommit(folders);
  if (since === undefined) return;
  await auditOnDisk(candor, 'Auditing the changes', { kind: 'changes', folders, since });
}

/** Judges what is not committed yet, new files included: for whoever looks at the changes before committing them. */
export async function auditUncommitted(candor: Candor): Promise<void> {
  const files = { kind: 'changes', folders: openFolders().folders, since: 'HEAD' } as const;
  await auditOnDisk(candor, 'Auditing what is not committed', files);
}

async function pickCommit(folders: readonly string[]): Promise<string | undefined> {
  const [folder] = folders;
  const commits = folder === undefined ? [] : await recentCommits(folder, COMMITS_OFFERED).catch(() => []);
  const named = { label: 'Name another…', description: 'a branch, a tag or a commit', since: null };
  const items = [
    ...commits.map(({ hash, subject }, index) => ({
      label: inertLabel(subject),
      description: `${hash.slice(0, 9)}${index === 0 ? ' · the last commit: what is not committed yet' : ''}`,
      since: hash,
    })),
    named,
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Audit changes since',
    placeHolder: 'The commit before the changes',
    matchOnDescription: true,
  });
  if (picked?.since !== null) return picked?.since;
  return vscode.window.showInputBox({
    title: 'Audit changes since',
    prompt: 'A branch, a tag or a commit',
    placeHolder: 'main',
    validateInput: (value) =>
      value.trim() === '' || value.startsWith('-') ? 'Name a branch, a tag or a commit.' : undefined,
  });
}
