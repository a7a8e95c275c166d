import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { ignorePattern } from '../audit/ignorePattern.ts';
import { SETTINGS } from './settingTable.ts';

/** What `candor.exclude` leaves out in each folder that is open, as patterns from the workspace that holds them. */
export function excludedPatterns(workspace: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const patterns = vscode.workspace.getConfiguration('candor', vscode.Uri.file(folder)).get<unknown>('exclude');
    const name = relative(workspace, folder).split(sep).join('/');
    return (Array.isArray(patterns) ? patterns : SETTINGS.exclude.default)
      .filter((pattern) => typeof pattern === 'string')
      .map((pattern) => ignorePattern(pattern, name));
  });
}
