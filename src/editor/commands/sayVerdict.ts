import * as vscode from 'vscode';
import type { TrackedRegion } from '../../capture/following/regionTracker.ts';
import type { Candor } from '../candor.ts';
import type { FollowedCode } from '../capture/followedCode.ts';
import { regionNamedBy } from '../capture/regionNamedBy.ts';

/**
 * A person says of the AI-written code at a place that a link names, or around the caret, that it is fine, or wrong: Candor learns from
 * it.
 */
export async function sayVerdict(
  { auditor, capture, work }: Candor,
  isFine: boolean,
  argument: unknown,
): Promise<void> {
  const region = regionNamedBy(capture.followed, argument) ?? regionAtCaret(capture.followed);
  if (region === null) {
    const sentence =
      'Candor: no AI-written code is followed here. Select it and run “Candor: This is AI-written” first.';
    void vscode.window.showInformationMessage(sentence);
    return;
  }
  const { assessment } = region;
  const said = await work.run(null, (call) =>
    auditor.decide({ kind: 'verdict', assessment, isFine }, call).then(() => true),
  );
  if (said === null) return;
  capture.learnSoon();
  vscode.window.setStatusBarMessage(`Candor: noted that this code is ${isFine ? 'fine' : 'wrong'}`, 5000);
}

function regionAtCaret(followed: FollowedCode): TrackedRegion | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  return followed.regionAt(editor.document, editor.document.offsetAt(editor.selection.active));
}
