import * as vscode from 'vscode';
import { LEVELS, type Level } from './mark.ts';

export type MarkStyles = Readonly<Record<Level, vscode.TextEditorDecorationType>>;

/** Weight of the line under a mark. The levels differ in line, tint and shape of the icon, so that colour is never alone. */
const LINES: Readonly<Record<Level, { readonly width: string; readonly style: string }>> = {
  first: { width: '0 0 2px 0', style: 'solid' },
  next: { width: '0 0 1px 0', style: 'solid' },
  later: { width: '0 0 1px 0', style: 'dotted' },
};

/**
 * The looks of the three levels; whoever asks for them disposes of them.
 * @param iconFolder where the gutter's icons are; null: none are shown, so that breakpoints keep the gutter
 */
export function createMarkStyles(iconFolder: vscode.Uri | null): MarkStyles {
  const styleOf = (level: Level): vscode.TextEditorDecorationType =>
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor(`candor.${level}MarkBackground`),
      borderColor: new vscode.ThemeColor(`candor.${level}MarkLine`),
      borderWidth: LINES[level].width,
      borderStyle: LINES[level].style,
      overviewRulerColor: new vscode.ThemeColor(`candor.${level}MarkRuler`),
      overviewRulerLane: vscode.OverviewRulerLane.Center,
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      ...(iconFolder !== null && {
        gutterIconSize: 'contain',
        dark: { gutterIconPath: vscode.Uri.joinPath(iconFolder, `${level}-dark.svg`) },
        light: { gutterIconPath: vscode.Uri.joinPath(iconFolder, `${level}-light.svg`) },
      }),
    });
  return { first: styleOf('first'), next: styleOf('next'), later: styleOf('later') };
}

/** The words at the end of the line that the cursor is in. */
export function createNoteStyle(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    after: { color: new vscode.ThemeColor('candor.noteForeground'), margin: '0 0 0 3ch', fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

export function disposeStyles(styles: MarkStyles): void {
  for (const level of LEVELS) styles[level].dispose();
}
