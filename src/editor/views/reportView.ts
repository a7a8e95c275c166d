import { basename, dirname } from 'node:path/posix';
import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import { BAND_WORDS, chanceInNumbers } from '../../report/calibrationWords.ts';
import { visible } from '../../report/visible.ts';
import type { RegionOutline } from '../../report/reportOutline.ts';
import type { ReportModel, ReportNode, SpanNode } from './reportModel.ts';
import { spokenItem } from './spokenItem.ts';
import type { LookedAt } from './lookedAt.ts';
import { ownAll, type Owned } from '../owned.ts';

export interface ReportView extends Owned {
  /** Brings the view in front; only a person who asked for the view itself is taken there with the keyboard. */
  show(isFocused: boolean): Promise<void>;
  /** Opens a span in the editor and selects it in the tree, without taking the focus from the editor. */
  open(node: SpanNode): Promise<void>;
  /** Says of a region in the tree that it was looked at, or takes that back. */
  toggleLookedAt(node: unknown): void;
  /** Opens the span so many places on in the reading order, from the one that was opened last. */
  step(by: 1 | -1): Promise<void>;
}

/** The tree of files, regions and spans of the last audit, and which of the regions were looked at. */
export function createReportView(model: ReportModel, lookedAt: LookedAt): ReportView {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<ReportNode>('candor.report', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => childrenOf(model, node),
      getParent: (node) => ('parent' in node ? node.parent : undefined),
      getTreeItem: (node) => {
        const item = treeItem(node, node === model.roots[0], lookedAt);
        // What was folded stays so while the report is brought up to date; a fresh one comes up as it is meant to.
        if (node.kind === 'file') item.id = `${model.edition} ${node.file.uri.toString()}`;
        return spokenItem(item);
      },
    },
  });
  /** Place in the reading order of the span that was opened last. */
  let at = -1;

  /** The note, and how far the person has come. */
  function sayProgress(): void {
    const regions = new Set(model.readingOrder.map(({ parent }) => parent.outline.id));
    const done = Array.from(regions).filter((id) => lookedAt.has(id)).length;
    view.message = regions.size === 0 ? model.note : `${done} of ${regions.size} looked at. ${model.note}`;
  }

  function refresh(): void {
    at = -1;
    sayProgress();
    void vscode.commands.executeCommand('setContext', 'candor:hasReport', model.isThere);
    changed.fire(undefined);
  }

  async function open(node: SpanNode): Promise<void> {
    at = model.readingOrder.indexOf(node);
    const { uri, range } = node.parent.parent.file.locate(node.outline);
    await show(uri, range);
    lookedAt.set([node.parent.outline.id], true);
    if (view.visible) await view.reveal(node, { select: true, focus: false });
  }

  const listening = ownAll([
    model.onDidChange(refresh),
    lookedAt.onDidChange(() => {
      sayProgress();
      changed.fire(undefined);
    }),
  ]);
  return {
    open,
    show: async (isFocused) => {
      await vscode.commands.executeCommand('candor.report.focus', { preserveFocus: !isFocused });
    },
    toggleLookedAt(asked) {
      const region = model.readingOrder.find(({ parent }) => parent === asked)?.parent;
      if (region !== undefined) lookedAt.set([region.outline.id], !lookedAt.has(region.outline.id));
    },
    async step(by) {
      const { readingOrder } = model;
      if (readingOrder.length === 0) return;
      const next =
        at === -1 && by === -1 ? readingOrder.length - 1 : (at + by + readingOrder.length) % readingOrder.length;
      const node = readingOrder[next];
      if (node !== undefined) await open(node);
    },
    dispose() {
      listening.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}

/** Shows a place: in the cell of a notebook that is open, or in a text editor. */
async function show(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  try {
    const cell = vscode.workspace.notebookDocuments
      .flatMap((notebook) => notebook.getCells())
      .find((candidate) => candidate.document.uri.toString() === uri.toString());
    if (cell !== undefined) {
      const selection = new vscode.NotebookRange(cell.index, cell.index + 1);
      await vscode.window.showNotebookDocument(cell.notebook, { selections: [selection] });
    }
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { selection: range, preserveFocus: false });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (cause) {
    const name = basename(uri.path);
    throw new CandorError(
      'not-found',
      `${name} cannot be opened any more. Audit again to bring the report up to date.`,
      {
        cause,
      },
    );
  }
}

/** Of a comparison with a commit, the side that is not the file is told by its scheme. */
const SCHEMES_LEFT_UNSAID = ['file', 'untitled'];

function childrenOf(model: ReportModel, node: ReportNode | undefined): ReportNode[] {
  switch (node?.kind) {
    case undefined:
      return [...model.roots];
    case 'file':
      return [...node.regions];
    case 'region':
      return [...node.spans];
    case 'leftOut':
      return [...node.files];
    case 'span':
    case 'skipped':
      return [];
  }
}

/** The chance of a region that was judged, and its band; null: it was not. */
function chanceOf({ judged }: RegionOutline): string | null {
  return judged && ` · ${chanceInNumbers(judged.judgement)} ${judged.band}`;
}

/** Labels are plain text to the editor: neither Markdown nor icons are read in them. */
function treeItem(node: ReportNode, isFirst: boolean, lookedAt: LookedAt): vscode.TreeItem {
  switch (node.kind) {
    case 'file': {
      const { path, regions } = node.file.outline;
      const item = new vscode.TreeItem(
        visible(basename(path)),
        isFirst ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
      );
      const folder = dirname(path);
      const { scheme } = node.file.uri;
      item.description = visible(
        [
          folder === '.' ? '' : folder,
          SCHEMES_LEFT_UNSAID.includes(scheme) ? '' : scheme,
          counted(regions.length, 'region'),
        ]
          .filter(Boolean)
          .join(' · '),
      );
      item.resourceUri = node.file.uri;
      item.iconPath = vscode.ThemeIcon.File;
      item.tooltip = visible(path);
      return item;
    }
    case 'region': {
      const { outline } = node;
      const isLookedAt = lookedAt.has(outline.id);
      const item = new vscode.TreeItem(
        visible(outline.name ?? '(statements)'),
        outline.spans.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
      );
      item.description = `${isLookedAt ? 'looked at · ' : ''}line ${outline.start.line + 1}${chanceOf(outline) ?? bits(outline.peakBits)}`;
      const icon = outline.name === undefined ? 'symbol-namespace' : 'symbol-function';
      // A checkbox would take the click that unfolds the row.
      item.iconPath = new vscode.ThemeIcon(isLookedAt ? 'pass' : icon);
      item.contextValue = isLookedAt ? 'region.lookedAt' : 'region';
      item.tooltip = `${outline.judged === null ? '' : `${BAND_WORDS[outline.judged.band]}. `}Least likely token: ${bits(outline.peakBits).slice(3) || 'not scored'}.`;
      return item;
    }
    case 'span': {
      const { outline } = node;
      const item = new vscode.TreeItem(visible(outline.excerpt));
      item.description = `${outline.category ?? outline.type} · line ${outline.start.line + 1} · ${Math.round(outline.share * 100)} %`;
      item.tooltip = `${Math.round(outline.share * 100)} % of the region's ${node.parent.outline.judged === null ? 'surprisal' : 'risk'}${bits(outline.peakBits)}`;
      item.command = { command: 'candor.openSpan', title: 'Open', arguments: [node] };
      return item;
    }
    case 'leftOut': {
      const item = new vscode.TreeItem('Left out', vscode.TreeItemCollapsibleState.Collapsed);
      item.description = counted(node.files.length, 'file');
      item.iconPath = new vscode.ThemeIcon('circle-slash');
      return item;
    }
    case 'skipped': {
      const item = new vscode.TreeItem(visible(node.file.outline.path));
      item.description = node.reason;
      return item;
    }
  }
}

function bits(peakBits: number | null): string {
  return peakBits === null ? '' : ` · ${peakBits.toFixed(1)} bits`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
