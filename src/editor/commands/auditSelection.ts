import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { subjectOf } from '../subject.ts';
import { auditSubjects } from './auditSubjects.ts';

/** Judges what is selected, in its context. */
export async function auditSelection(candor: Candor): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const ranges = (editor?.selections ?? []).filter((selection) => !selection.isEmpty);
  const subject = document === undefined ? null : subjectOf(document);
  if (document === undefined || subject === null || ranges.length === 0) {
    throw new CandorError('bad-call', 'Nothing is selected. Select the code to judge, and run the command again.');
  }
  await auditSubjects(candor, [subject], {
    origin: 'declared',
    ranges: ranges.map(({ start, end }) => ({
      document,
      start: document.offsetAt(start),
      end: document.offsetAt(end),
    })),
  });
}
