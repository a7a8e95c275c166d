import * as vscode from 'vscode';
import type { SkipReason } from '../../audit/readSource.ts';
import { lineIndexOf, offsetAt, positionAt, type Position } from '../../core/lineIndex.ts';
import { fileOutline } from '../../report/reportOutline.ts';
import { isLanguageId, languageEntry } from '../../syntax/languages.ts';
import type { JudgedSubject } from '../followedTexts.ts';
import type { JoinedText, Subject } from '../subject.ts';
import type { ReportedFile } from './reportModel.ts';

/** A text that was judged in the editor, as the report shows it. */
export function reportedSubject({ subject, joined, report }: JudgedSubject): ReportedFile {
  const lines = lineIndexOf(joined.text);
  const { path, uri } = subject;
  const { source, tokenCount, assessments } = report;
  const file = { path, language: languageName(subject), lines, tokenCount, categories: [], assessments };
  const outline = fileOutline(file, source.engine);
  return {
    outline,
    uri,
    locate: ({ start, end }) => placeInSubject(subject, joined, offsetAt(lines, start), offsetAt(lines, end)),
  };
}

export function skippedSubject(subject: Subject, reason: SkipReason): ReportedFile {
  const { path, uri } = subject;
  const outline = { path, language: languageName(subject), skipped: reason };
  return { outline, uri, locate: () => new vscode.Location(uri, new vscode.Range(0, 0, 0, 0)) };
}

/** A stretch of a joined text as a place in the document that it begins in. */
export function placeInSubject(
  { documents, uri }: Subject,
  { starts, text }: JoinedText,
  start: number,
  end: number,
): vscode.Location {
  const index = starts.findLastIndex((begin) => begin <= start);
  const begin = starts[index] ?? 0;
  const own = lineIndexOf(text.slice(begin, starts[index + 1] ?? text.length));
  const at = (offset: number): vscode.Position => toPosition(positionAt(own, offset - begin));
  return new vscode.Location(documents[index]?.uri ?? uri, new vscode.Range(at(start), at(end)));
}

function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

function languageName({ language }: Subject): string | null {
  return isLanguageId(language) ? languageEntry(language).name : null;
}
