import * as vscode from 'vscode';
import { chanceInNumbers, eventInWords } from '../../report/calibrationWords.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import type { Mark } from '../marks/mark.ts';
import type { Owned } from '../owned.ts';

/** By which settings of other tools know them. */
const SOURCE = 'Candor';

/**
 * Puts the marks of regions in the band `doubt` among the problems of their documents, where other tools see them too. No other band is
 * a problem: an order of reading is none, and what nobody knows is none.
 */
export function createDoubtDiagnostics(followed: FollowedTexts): Owned {
  const collection = vscode.languages.createDiagnosticCollection('candor');

  function update(documents: readonly vscode.TextDocument[]): void {
    for (const document of documents) {
      const doubts = followed.marksOf(document).flatMap((mark) => doubtOf(document, mark) ?? []);
      if (doubts.length > 0 || collection.has(document.uri)) collection.set(document.uri, doubts);
    }
  }

  const listening = followed.onDidChangeMarks(update);
  return {
    dispose() {
      listening.dispose();
      collection.dispose();
    },
  };
}

function doubtOf(document: vscode.TextDocument, { start, end, assessment }: Mark): vscode.Diagnostic | null {
  const { band, judgement, region } = assessment;
  if (band !== 'doubt' || judgement === null) return null;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const name = region.name ?? 'these statements';
  const chance = `${chanceInNumbers(judgement)} that it ${eventInWords(judgement.basis.target)}`;
  const message = `In doubt: ${name}, with a chance of ${chance}. This carries much of its risk.`;
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
  diagnostic.source = SOURCE;
  diagnostic.code = 'doubt';
  return diagnostic;
}
