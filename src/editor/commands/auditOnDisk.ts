import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FilesToAudit } from '../../app/auditor/auditor.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Position } from '../../core/lineIndex.ts';
import type { FileOutline, ReportOutline } from '../../report/reportOutline.ts';
import type { Candor } from '../candor.ts';
import { excludedPatterns } from '../excludedPatterns.ts';
import { pathInWorkspace } from '../openFolders.ts';
import type { ReportedFile } from '../views/reportModel.ts';

/** Judges files of the workspace, with the texts that are open and not saved in place of what the disk holds. */
export async function auditOnDisk(candor: Candor, title: string, files: FilesToAudit): Promise<void> {
  const { auditor, capture, report, reportView, reportPage, work } = candor;
  const outline = await work.run(title, async (call) => {
    const setup = await candor.setup();
    const { workspace, folders } = setup;
    if (workspace === null) {
      throw new CandorError(
        'unsupported',
        'No folder on this machine’s disk is open. Open one, and run the command again.',
      );
    }
    return {
      workspace,
      ...(await auditor.auditFiles(
        {
          setup: { ...setup, workspace },
          files,
          exclude: excludedPatterns(workspace, folders),
          openTexts: unsavedTexts(),
          followed: capture.followed.ranges(),
        },
        call,
      )),
    };
  });
  if (outline === null) return;
  report.show(
    outline.files.map((file) => reportedFile(outline.workspace, file)),
    noteOf(outline),
  );
  await reportView.show(false);
  await reportPage.refresh();
}

/** @throws CandorError `unsupported` for a folder that is not a part of the workspace */
export function insideWorkspace(uri: vscode.Uri): string {
  if (uri.scheme === 'file' && pathInWorkspace(uri.fsPath) !== null) return uri.fsPath;
  throw new CandorError(
    'unsupported',
    'This folder is not a part of the workspace. Open it first, and run the command again.',
  );
}

function unsavedTexts(): { readonly path: string; readonly text: string }[] {
  return vscode.workspace.textDocuments
    .filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file')
    .flatMap((document) => {
      const path = pathInWorkspace(document.uri.fsPath);
      return path === null ? [] : [{ path, text: document.getText() }];
    });
}

function reportedFile(workspace: string, outline: FileOutline): ReportedFile {
  const uri = vscode.Uri.file(join(workspace, outline.path));
  const toPosition = ({ line, character }: Position): vscode.Position => new vscode.Position(line, character);
  return {
    outline,
    uri,
    locate: ({ start, end }) => new vscode.Location(uri, new vscode.Range(toPosition(start), toPosition(end))),
  };
}

function noteOf({ note, otherFileCount }: ReportOutline): string {
  return otherFileCount === 0
    ? note
    : `${note} Left out: ${otherFileCount} that ${otherFileCount === 1 ? 'is' : 'are'} no code.`;
}
