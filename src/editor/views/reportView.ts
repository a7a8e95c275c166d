import { basename, dirname } from 'node:path/posix';
import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import { BAND_WORDS, chanceInNumbers } from '../../report/calibrationWords.ts';
import { visible } from '../../report/visible.ts';
import type { RegionOutline } from '../../report/reportOutline.ts';
import type { PlaceNode, RegionNode, ReportModel, ReportNode, SpanNode } from './reportModel.ts';
import { spokenItem } from './spokenItem.ts';
import type { LookedAt } from './lookedAt.ts';
import { ownAll, type Owned } from '../owned.ts';
import { showCode } from '../showCode.ts';

/** How long what was done stays in the status bar. */
const BRIEFLY_MS = 5000;

export interface ReportView extends Owned {
  /** Brings the view in front; only a person who asked for the view itself is taken there with the keyboard. */
  show(isFocused: boolean): Promise<void>;
  /** Opens a place in the editor and selects it in the tree, without taking the focus from the editor. */
  open(node: PlaceNode): Promise<void>;
  /** Opens the span so many places on, from the one that was opened last. */
  step(by: 1 | -1): Promise<void>;
  /** Opens the next region of the queue that nobody has looked at, in whatever file it is. */
  nextRegion(): Promise<void>;
  /** Opens the region before in the queue. */
  previousRegion(): Promise<void>;
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
  /** The span that was opened last. */
  let current: SpanNode | null = null;

  const isDone = ({ outline }: RegionNode): boolean => lookedAt.has(outline.id);

  /** How far the person has come. */
  function progress(): string {
    return `${model.queue.filter(isDone).length} of ${model.queue.length} looked at`;
  }

  function sayProgress(): void {
    // Over an empty tree the editor shows what package.json says of that, where there is no message.
    if (model.roots.length === 0) view.message = '';
    else view.message = model.queue.length === 0 ? model.note : `${progress()}. ${model.note}`;
  }

  function refresh(): void {
    current = current && sameSpan(model.queue, current);
    sayProgress();
    void vscode.commands.executeCommand('setContext', 'candor:hasReport', model.isThere);
    changed.fire(undefined);
  }

  async function open(node: PlaceNode): Promise<void> {
    if (node.kind === 'span') current = node;
    const { uri, range } = node.parent.parent.file.locate(node.outline);
    await show(uri, range);
    if (node.kind === 'span') lookedAt.set([node.parent.outline.id], true);
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
    async step(by) {
      const spans = model.queue.flatMap((region) => region.spans);
      const next = current === null ? (by === 1 ? 0 : -1) : spans.indexOf(current) + by;
      const node = spans.at(next) ?? spans[0];
      if (node !== undefined) await open(node);
    },
    async nextRegion() {
      const { queue } = model;
      if (queue.length === 0) return;
      const from = current === null ? 0 : queue.indexOf(current.parent) + 1;
      const region = [...queue.slice(from), ...queue.slice(0, from)].find((candidate) => !isDone(candidate));
      const first = region?.spans[0];
      if (first !== undefined) await open(first);
      sayBriefly(progress());
    },
    async previousRegion() {
      const { queue } = model;
      const at = current === null ? 0 : queue.indexOf(current.parent);
      const span = queue.at(at - 1)?.spans[0];
      if (span !== undefined) await open(span);
    },
    dispose() {
      listening.dispose();
      // What other views show by it must not outlive the report.
      void vscode.commands.executeCommand('setContext', 'candor:hasReport', false);
      view.dispose();
      changed.dispose();
    },
  };
}

/** The same span in a report that was brought up to date: edits give its region another identity, and it moves. */
function sameSpan(queue: readonly RegionNode[], { parent, outline }: SpanNode): SpanNode | null {
  const file = parent.parent.file.uri.toString();
  const lineDistance = (region: RegionNode): number => Math.abs(region.outline.start.line - parent.outline.start.line);
  const [region] = queue
    .filter(
      (candidate) => candidate.parent.file.uri.toString() === file && candidate.outline.name === parent.outline.name,
    )
    .toSorted((a, b) => lineDistance(a) - lineDistance(b));
  return region?.spans.find(({ outline: { excerpt } }) => excerpt === outline.excerpt) ?? region?.spans[0] ?? null;
}

function sayBriefly(words: string): void {
  vscode.window.setStatusBarMessage(`Candor: ${words}`, BRIEFLY_MS);
}

async function show(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  try {
    await showCode(uri, range);
  } catch (cause) {
    const message = `${basename(uri.path)} cannot be opened any more. Audit again to bring the report up to date.`;
    throw new CandorError('not-found', message, { cause });
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
      return [...node.spans, ...node.quiet];
    case 'leftOut':
      return [...node.files];
    case 'span':
    case 'quiet':
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
          keptQuiet(node.regions.reduce((sum, { quiet }) => sum + quiet.length, 0)),
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
        outline.spans.length + outline.quiet.length > 0
          ? vscode.TreeItemCollapsibleState.Collapsed
          : vscode.TreeItemCollapsibleState.None,
      );
      item.description = [
        isLookedAt ? 'looked at' : '',
        `line ${outline.start.line + 1}${chanceOf(outline) ?? bits(outline.peakBits)}`,
        keptQuiet(outline.quiet.length),
      ]
        .filter(Boolean)
        .join(' · ');
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
    case 'quiet': {
      const { outline } = node;
      const item = new vscode.TreeItem(visible(outline.excerpt));
      item.description = `kept quiet · line ${outline.start.line + 1} · ${visible(outline.reason)}`;
      item.iconPath = new vscode.ThemeIcon('mute');
      item.tooltip = `A comment keeps this quiet, and says why: ${visible(outline.reason)}`;
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

/** Empty for none. */
function keptQuiet(count: number): string {
  return count === 0 ? '' : `${count} kept quiet`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
