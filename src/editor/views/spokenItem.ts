import type * as vscode from 'vscode';

/** A row that a screen reader speaks as it is written: without this it would speak the tooltip in the row's place. */
export function spokenItem(item: vscode.TreeItem): vscode.TreeItem {
  const words = [item.label, item.description].filter(
    (part): part is string => typeof part === 'string' && part !== '',
  );
  item.accessibilityInformation = { label: words.join(', ') };
  return item;
}
