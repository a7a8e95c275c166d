import * as vscode from 'vscode';
import type { FollowedTexts } from '../followedTexts.ts';
import { readSettings } from '../settings.ts';
import { LEVELS, type Mark } from './mark.ts';
import { createMarkStyles, createNoteStyle, disposeStyles } from './markStyles.ts';
import { marksToDraw } from './marksToDraw.ts';
import { noteOf } from './noteOf.ts';
import type { Owned } from '../owned.ts';

/** Scrolling ends before so long, and only then are other marks drawn. */
const SCROLL_MS = 120;

/**
 * Draws the marks of the editors in view: one call a level, made again only when marks came or went. While a person types,
 * the editor itself moves what is drawn.
 */
export function createMarkPainter(followed: FollowedTexts, iconFolder: vscode.Uri): Owned {
  let settings = readSettings();
  const icons = (): vscode.Uri | null => (settings.marksGutterIcons ? iconFolder : null);
  let styles = createMarkStyles(icons());
  const noteStyle = createNoteStyle();
  /** Editors in which something is drawn, with the line and the words of the note there. */
  const drawn = new Map<vscode.TextEditor, string>();
  const scrolls = new Map<vscode.TextEditor, NodeJS.Timeout>();

  function paint(editor: vscode.TextEditor): void {
    const marks = settings.marksEnabled ? followed.marksOf(editor.document) : [];
    if (marks.length === 0 && !drawn.has(editor)) return;
    const { document } = editor;
    const toRange = ({ start, end }: Mark): vscode.Range =>
      new vscode.Range(document.positionAt(start), document.positionAt(end));
    const inView = editor.visibleRanges.map((range) => ({
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    }));
    const shown = settings.marksOnlyActiveLine ? onActiveLine(editor, marks) : marksToDraw(marks, inView);
    const byLevel = Map.groupBy(shown, (mark) => mark.level);
    for (const level of LEVELS) editor.setDecorations(styles[level], (byLevel.get(level) ?? []).map(toRange));
    if (marks.length > 0) drawn.set(editor, drawn.get(editor) ?? '');
    paintNote(editor, marks);
    if (marks.length === 0) drawn.delete(editor);
  }

  /** The note of the line that the cursor is in; nothing is sent to the editor where it is the same as before. */
  function paintNote(editor: vscode.TextEditor, marks: readonly Mark[]): void {
    if (!drawn.has(editor)) return;
    const isWanted = settings.marksNote && editor === vscode.window.activeTextEditor;
    const { line } = editor.selection.active;
    const note = isWanted ? noteOf(onActiveLine(editor, marks)) : '';
    const key = note === '' ? '' : `${line} ${note}`;
    if (drawn.get(editor) === key) return;
    drawn.set(editor, key);
    const end = editor.document.lineAt(line).range.end;
    const range = new vscode.Range(end, end);
    editor.setDecorations(noteStyle, note === '' ? [] : [{ range, renderOptions: { after: { contentText: note } } }]);
  }

  function paintAll(): void {
    const inView = new Set(vscode.window.visibleTextEditors);
    for (const editor of drawn.keys()) if (!inView.has(editor)) drawn.delete(editor);
    for (const editor of inView) paint(editor);
  }

  /** What came into view was painted for that; here the note goes from the one editor to the other. */
  function onActive(): void {
    if (settings.marksOnlyActiveLine) paintAll();
    else for (const editor of vscode.window.visibleTextEditors) paintNote(editor, followed.marksOf(editor.document));
  }

  function onScroll({ textEditor }: vscode.TextEditorVisibleRangesChangeEvent): void {
    const marks = followed.marksOf(textEditor.document);
    if (marks.length === marksToDraw(marks, []).length) return;
    clearTimeout(scrolls.get(textEditor));
    const paintSoon = (): void => {
      scrolls.delete(textEditor);
      paint(textEditor);
    };
    scrolls.set(textEditor, setTimeout(paintSoon, SCROLL_MS));
  }

  function onSettings(event: vscode.ConfigurationChangeEvent): void {
    if (!event.affectsConfiguration('candor.marks')) return;
    const before = settings;
    settings = readSettings();
    if (before.marksGutterIcons !== settings.marksGutterIcons) {
      disposeStyles(styles);
      styles = createMarkStyles(icons());
    }
    paintAll();
  }

  const listening = [
    followed.onDidChangeMarks((documents) => {
      for (const editor of vscode.window.visibleTextEditors) if (documents.includes(editor.document)) paint(editor);
    }),
    vscode.window.onDidChangeVisibleTextEditors(paintAll),
    vscode.window.onDidChangeActiveTextEditor(onActive),
    vscode.window.onDidChangeTextEditorVisibleRanges(onScroll),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (!drawn.has(textEditor)) return;
      if (settings.marksOnlyActiveLine) paint(textEditor);
      else paintNote(textEditor, followed.marksOf(textEditor.document));
    }),
    vscode.workspace.onDidChangeConfiguration(onSettings),
  ];

  return {
    dispose() {
      for (const listener of listening) listener.dispose();
      for (const timer of scrolls.values()) clearTimeout(timer);
      disposeStyles(styles);
      noteStyle.dispose();
    },
  };
}

function onActiveLine({ document, selection }: vscode.TextEditor, marks: readonly Mark[]): readonly Mark[] {
  const line = document.lineAt(selection.active.line).range;
  const start = document.offsetAt(line.start);
  const end = document.offsetAt(line.end);
  return marks.filter((mark) => mark.start <= end && start <= mark.end);
}
