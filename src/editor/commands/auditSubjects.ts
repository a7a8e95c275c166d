import * as vscode from 'vscode';
import type { TextReport } from '../../app/auditor/auditor.ts';
import type { Candor } from '../candor.ts';
import type { DocumentParts } from '../documentParts.ts';
import { inertMessage } from '../inertMessage.ts';
import { reportedSubject, skippedSubject } from '../views/reportedSubject.ts';
import type { Subject } from '../subject.ts';

/** Judges texts that are open and shows what was found: marks in the text, the tree in the report. */
export async function auditSubjects(
  candor: Candor,
  subjects: readonly Subject[],
  parts?: DocumentParts,
): Promise<void> {
  const { followed, report, work } = candor;
  await work.run(null, async (call) => {
    const setup = await candor.setup();
    const files = [];
    let note = '';
    for (const subject of subjects) {
      const { joined, report: judged } = await followed.judge(subject, setup, call, parts);
      files.push(
        judged.kind === 'judged'
          ? reportedSubject({ subject, joined, report: judged })
          : skippedSubject(subject, judged.reason),
      );
      if (judged.kind === 'judged') note = judged.note;
      if (judged.kind === 'skipped') sayLeftOut(subject, judged);
    }
    report.show(files, note);
  });
}

function sayLeftOut({ path }: Subject, { reason }: TextReport & { readonly kind: 'skipped' }): void {
  const advice =
    reason === 'over 1 MB' || reason === 'minified' ? ' Select a part and run “Candor: Audit selection”.' : '';
  void vscode.window.showInformationMessage(`Candor: ${inertMessage(path)} is not judged: ${reason}.${advice}`);
}
