import * as vscode from 'vscode';
import type { FollowedCode } from '../capture/followedCode.ts';
import type { Explainer } from '../explainer.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import { inertLabel } from '../inertLabel.ts';
import { markAt } from '../marks/markAt.ts';
import type { Mark } from '../marks/mark.ts';
import type { Owned } from '../owned.ts';
import type { PlaceInDocument } from '../placeInDocument.ts';
import { subjectOf } from '../subject.ts';
import { previewReplacement } from './previewReplacement.ts';

/** A title has room for so much of an alternative. */
const MOST_TITLE_UNITS = 40;

/**
 * What can be done about the mark at the cursor, by the lightbulb and its key: what was likelier put in its place, after a look at the
 * change; its tokens; a person's word on the AI-written code around it.
 */
export function registerMarkActions(explainer: Explainer, texts: FollowedTexts, code: FollowedCode): Owned {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      async provideCodeActions(document, range, _context, token) {
        const mark = markAt(texts, document, range.start);
        const subject = mark === undefined ? null : subjectOf(document);
        if (mark === undefined || subject === null) return [];
        const whole = await explainer.explain(subject.key, mark.assessment, token);
        const explained = whole?.spans[mark.assessment.spans.indexOf(mark.span)];
        const place = { document: document.uri.toString(), start: mark.start, end: mark.end };
        return [
          ...(explained?.alternatives ?? []).map(({ text }) => replacement(document, mark, text)),
          commandAction('Candor: ask for a second opinion', 'candor.secondOpinion', place),
          commandAction('Candor: complete again from here', 'candor.completeAgain', place),
          commandAction('Candor: show the tokens here', 'candor.showTokens', place),
          commandAction('Candor: show the syntax here', 'candor.showSyntax', place),
          commandAction('Candor: ignore here, with a reason', 'candor.ignoreHere', place),
          commandAction('Candor: write a test for this', 'candor.writeTest', place),
          ...(code.regionAt(document, mark.start) === null
            ? []
            : [
                commandAction('Candor: this code is fine', 'candor.sayFine', place),
                commandAction('Candor: this code is wrong', 'candor.sayWrong', place),
              ]),
        ];
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

/** What an engine held likelier, put in the place of a mark once the person has seen the change and agrees. */
function replacement(document: vscode.TextDocument, mark: Mark, text: string): vscode.CodeAction {
  const title = `Candor: replace with ${shortened(text)}`;
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const range = new vscode.Range(document.positionAt(mark.start), document.positionAt(mark.end));
  action.edit = previewReplacement(document.uri, range, text, title);
  return action;
}

function commandAction(title: string, command: string, place: PlaceInDocument): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command, arguments: [place] };
  return action;
}

function shortened(text: string): string {
  const line = inertLabel(text.replaceAll(/\s+/g, ' '));
  return line.length > MOST_TITLE_UNITS ? `${line.slice(0, MOST_TITLE_UNITS)}…` : line;
}
