import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import { lineIndexOf, offsetAt } from '../../core/lineIndex.ts';
import type { Candor } from '../candor.ts';
import { openPlaceNamedBy, type OpenPlace } from '../openPlace.ts';
import { joinedText, subjectOf } from '../subject.ts';
import { placeInSubject } from '../views/reportedSubject.ts';

/** Shows the tokens of the place that it was called on, of what is selected, or of the line that the cursor is in. */
export async function showTokens(candor: Candor, argument?: unknown): Promise<void> {
  const place = openPlaceNamedBy(argument) ?? placeOfCursor();
  const subject = place === null ? null : subjectOf(place.document);
  if (place === null || subject === null) {
    throw new CandorError('unsupported', 'There is no text here to judge. Open a file of source code.');
  }
  const { document, range: wanted } = place;
  const joined = joinedText(subject);
  const from = joined.starts[subject.documents.indexOf(document)] ?? 0;
  const range = { start: from + document.offsetAt(wanted.start), end: from + document.offsetAt(wanted.end) };
  const { key, path, language } = subject;
  const table = await candor.work.run(null, async (call) => {
    const setup = await candor.setup();
    return candor.auditor.tokens({ document: key, text: joined.text, path, language, setup, range }, call);
  });
  if (table === null) return;
  const lines = lineIndexOf(joined.text);
  // A selection that ends before the first character of a line has nothing of that line.
  const first = wanted.start.line + 1;
  const last = Math.max(first, wanted.end.character === 0 ? wanted.end.line : wanted.end.line + 1);
  const where = first === last ? `Line ${first}` : `Lines ${first} to ${last}`;
  await candor.tokens.show({
    title: `${where}: ${table.rows.length} tokens by the engine ${table.source.engine}, with what it held likelier.`,
    table,
    locate: ({ start, end }) => placeInSubject(subject, joined, offsetAt(lines, start), offsetAt(lines, end)),
  });
}

function placeOfCursor(): OpenPlace | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  return { document, range: selection.isEmpty ? document.lineAt(selection.active.line).range : selection };
}
