import * as vscode from 'vscode';
import type { TokenRow, TokenTable } from '../../report/tokenTable.ts';
import { visibleToken } from '../../report/visibleToken.ts';
import { chanceInWords } from '../chanceInWords.ts';
import type { Owned } from '../owned.ts';
import { spokenItem } from './spokenItem.ts';

/** Tokens of a document, and the documents' places of each. */
export interface ShownTokens {
  readonly title: string;
  readonly table: TokenTable;
  locate(row: TokenRow): vscode.Location;
}

export interface TokensView extends Owned {
  show(tokens: ShownTokens): Promise<void>;
  clear(): void;
}

interface RowNode {
  readonly kind: 'token';
  readonly row: TokenRow;
}

interface AlternativeNode {
  readonly kind: 'alternative';
  readonly text: string;
  readonly logprobNats: number;
}

type Node = RowNode | AlternativeNode;

/** The tokens of the place that was asked for, each with what the engine held likely there. */
export function createTokensView(): TokensView {
  const changed = new vscode.EventEmitter<undefined>();
  let shown: ShownTokens | null = null;
  const view = vscode.window.createTreeView<Node>('candor.tokens', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => childrenOf(shown, node),
      getTreeItem: (node) => spokenItem(treeItem(shown, node)),
    },
  });

  function set(next: ShownTokens | null): void {
    shown = next;
    view.message = next?.title ?? '';
    void vscode.commands.executeCommand('setContext', 'candor:hasTokens', next !== null);
    changed.fire(undefined);
  }

  return {
    async show(tokens) {
      set(tokens);
      await vscode.commands.executeCommand('candor.tokens.focus', { preserveFocus: true });
    },
    clear: () => {
      set(null);
    },
    dispose() {
      view.dispose();
      changed.dispose();
    },
  };
}

function childrenOf(shown: ShownTokens | null, node: Node | undefined): Node[] {
  if (node === undefined) return (shown?.table.rows ?? []).map((row) => ({ kind: 'token', row }));
  if (node.kind === 'alternative') return [];
  return node.row.alternatives.map(({ text, logprobNats }) => ({ kind: 'alternative', text, logprobNats }));
}

/** Labels are plain text to the editor: neither Markdown nor icons are read in them. */
function treeItem(shown: ShownTokens | null, node: Node): vscode.TreeItem {
  if (node.kind === 'alternative') {
    const item = new vscode.TreeItem(visibleToken(node.text));
    item.description = chanceInWords(node.logprobNats);
    item.iconPath = new vscode.ThemeIcon('arrow-swap');
    return item;
  }
  const { row } = node;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(visibleToken(row.text), row.alternatives.length === 0 ? None : Collapsed);
  const rank = row.rank === undefined ? '' : `, rank ${row.rank}`;
  item.description = row.logprobNats === undefined ? 'not scored' : `${chanceInWords(row.logprobNats)}${rank}`;
  item.tooltip = tooltipOf(row);
  const { uri, range } = shown?.locate(row) ?? {};
  if (uri !== undefined)
    item.command = {
      command: 'vscode.open',
      title: 'Open',
      arguments: [uri, { selection: range, preserveFocus: true }],
    };
  return item;
}

function tooltipOf({ logprobNats, entropyNats, path }: TokenRow): string {
  return [
    logprobNats === undefined ? 'Not scored' : `Log-probability ${logprobNats.toFixed(3)} nats`,
    ...(entropyNats === undefined ? [] : [`Entropy ${entropyNats.toFixed(3)} nats`]),
    path.length === 0 ? 'In no leaf of the code (comment or layout)' : path.join(' › '),
  ].join('\n');
}
