import * as vscode from 'vscode';
import type { TrackedRegion } from '../../capture/following/regionTracker.ts';
import type { Candor } from '../candor.ts';
import type { FollowedCode } from '../capture/followedCode.ts';
import { regionNamedBy } from '../capture/regionNamedBy.ts';
import { regionsInWords } from '../capture/regionsInWords.ts';

/** A person says that no model wrote what a link names, what is selected, or what stands around the caret: it is forgotten. */
export async function declareMine({ auditor, capture, work }: Candor, argument: unknown): Promise<void> {
  const assessments = regionsMeant(capture.followed, argument).map(({ assessment }) => assessment);
  if (assessments.length > 0) {
    const done = await work.run(null, (call) => auditor.decide({ kind: 'disown', assessments }, call).then(() => true));
    if (done === null) return;
    capture.followed.forget(assessments);
  }
  const sentence =
    assessments.length === 0
      ? 'Candor: nothing here is followed as AI-written.'
      : `Candor: ${regionsInWords(assessments.length)} forgotten: you wrote it.`;
  void vscode.window.showInformationMessage(sentence);
}

function regionsMeant(followed: FollowedCode, argument: unknown): readonly TrackedRegion[] {
  const named = regionNamedBy(followed, argument);
  if (named !== null) return [named];
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const { document, selections } = editor;
  return followed.regionsOf(document).filter(({ range }) =>
    selections.some(({ start, end }) => {
      if (range === null) return false;
      return document.offsetAt(start) <= range.end && range.start <= document.offsetAt(end);
    }),
  );
}
