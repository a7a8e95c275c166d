import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { lastHeadMove, type HeadMove } from '../../history/headMove.ts';
import { openFolders } from '../openFolders.ts';
import { ownAll, type Owned } from '../owned.ts';

/** Tells when the HEAD of a repository that is open has moved, as its reflog says. Nothing is run for it. */
export function watchHeads(onMove: (move: HeadMove) => void): Owned {
  const watched = new Map<string, Owned>();

  function watch(logs: string): void {
    const file = join(logs, 'HEAD');
    let known = textOf(file);
    const read = (): void => {
      const log = textOf(file);
      // A file is told of more than once for one change.
      if (log === known) return;
      known = log;
      const move = lastHeadMove(log)?.move;
      if (move !== undefined) onMove(move);
    };
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(logs), 'HEAD'));
    watched.set(logs, ownAll([watcher, watcher.onDidChange(read), watcher.onDidCreate(read)]));
  }

  function watchAll(): void {
    for (const folder of openFolders().folders) {
      const logs = logsFolder(folder);
      if (logs !== null && !watched.has(logs)) watch(logs);
    }
  }

  watchAll();
  const listening = vscode.workspace.onDidChangeWorkspaceFolders(watchAll);
  return {
    dispose() {
      listening.dispose();
      for (const one of watched.values()) one.dispose();
    },
  };
}

/** The folder of the reflogs of the working tree that a folder lies in; null where there is none. */
function logsFolder(folder: string): string | null {
  for (let above = folder; ; above = dirname(above)) {
    const git = join(above, '.git');
    if (existsSync(git)) {
      // In a linked working tree it is a file: `gitdir: /path/to/.git/worktrees/name`.
      const linked = statSync(git).isDirectory() ? git : /^gitdir: (.*)$/m.exec(textOf(git))?.[1];
      return linked === undefined ? null : join(resolve(above, linked.trim()), 'logs');
    }
    if (above === dirname(above)) return null;
  }
}

/** A log of a repository with few commits is short; of a long one the end is enough, but it is read whole all the same. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
