import { basename, parse, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { commonFolder } from '../app/findWorkspace.ts';

export interface OpenFolders {
  /** The folder that paths are relative to; null where none is open, or none that lies on a disk. */
  readonly workspace: string | null;
  readonly folders: readonly string[];
}

/** The folders that are open, on a disk that Candor's own process can read; on Windows, on the drive of the first. */
export function openFolders(): OpenFolders {
  const paths = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
  const folders = paths.filter((path) => parse(path).root === parse(paths[0] ?? '').root);
  return { workspace: folders.length === 0 ? null : commonFolder(folders), folders };
}

/** What a document is called: its path in the workspace, of a cell its notebook's; a bare name outside of it. */
export function pathOf({ fsPath, path }: vscode.Uri): string {
  return pathInWorkspace(fsPath) ?? basename(path);
}

/** A path relative to the workspace, with `/`; null for one outside of it. */
export function pathInWorkspace(fsPath: string): string | null {
  const { workspace, folders } = openFolders();
  const isInside = folders.some(
    (folder) => fsPath === folder || fsPath.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
  return workspace === null || !isInside ? null : relative(workspace, fsPath).split(sep).join('/');
}
