import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import { lineIndexOf, offsetAt } from '../../core/lineIndex.ts';
import type { Candor } from '../candor.ts';
import { joinedText, subjectOf } from '../subject.ts';
import { placeInSubject } from '../views/reportedSubject.ts';

/** Shows the tokens of what is selected or, without a selection, of the line that the cursor is in. */
export async function showTokens(candor: Candor): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const subject = editor === undefined ? null : subjectOf(editor.document);
  if (editor === undefined || subject === null) {
    throw new CandorError('unsupported', 'There is no text here to judge. Open a file of source code.');
  }
  const { document, selection } = editor;
  const wanted = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
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
  const where = wanted.isSingleLine
    ? `Line ${wanted.start.line + 1}`
    : `Lines ${wanted.start.line + 1} to ${wanted.end.line + 1}`;
  await candor.tokens.show({
    title: `${where}: ${table.rows.length} tokens by the engine ${table.source.engine}, with what it held likelier.`,
    table,
    locate: ({ start, end }) => placeInSubject(subject, joined, offsetAt(lines, start), offsetAt(lines, end)),
  });
}
