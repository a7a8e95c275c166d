import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { subjectOf } from '../subject.ts';
import { auditSubjects } from './auditSubjects.ts';

/** Opens the summary of the file in view beside it, after judging it if nobody did yet. */
export async function summarizeFile(candor: Candor): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const subject = document === undefined ? null : subjectOf(document);
  if (subject === null)
    throw new CandorError('unsupported', 'There is no text here to judge. Open a file of source code.');
  if (!candor.followed.isFollowed(subject)) await auditSubjects(candor, [subject]);
  const text = await candor.work.run(null, (call) => candor.auditor.summarize(subject.key, call));
  if (text === null) return;
  await candor.summaries.show(subject, text, 'Candor');
}
