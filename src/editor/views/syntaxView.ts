import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import type { RegionSyntax } from '../../assess/syntaxOfRegion.ts';
import { CandorError } from '../../core/candorError.ts';
import { chanceInNumbers, eventInWords } from '../../report/calibrationWords.ts';
import {
  readMessageFromPage,
  type MessageFromPage,
  type MessageToPage,
  type SyntaxPage,
} from '../../report/syntaxMessages.ts';
import { visible } from '../../report/visible.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import type { Logger } from '../logger.ts';
import type { Owned } from '../owned.ts';
import type { JudgedRegion } from '../regions/judgedRegion.ts';
import { regionAt } from '../regions/regionAt.ts';
import { subjectOf } from '../subject.ts';
import { syntaxViewPage } from './syntaxViewPage.ts';
import { rowAround, syntaxViewRows, type PlacedRow } from './syntaxViewRows.ts';

/** The tree of the judged region that the cursor is in, beside the code. */
export interface SyntaxView extends Owned {
  /**
   * Shows the region around a place, and follows the cursor from then on.
   *
   * @param isFocused whether the keyboard goes to the tree
   * @returns false where no region was judged there
   */
  show(place: CodePlace, isFocused: boolean): Promise<boolean>;
}

/** A stretch of a document; of no length where it is a caret. */
export interface CodePlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

const VIEW_TYPE = 'candor.syntax';

/** After so long without a move of the cursor, or an edit, the tree follows. */
const PAUSE_MS = 150;

const STALE =
  'The code has changed since it was judged, so nothing here can be gone to. It is brought up to date when it is judged again.';
const NOT_HELD = 'This text is not held any more. Run “Candor: Audit file”, and put the cursor into its code.';
const NOTHING_YET = 'Put the cursor into code that was judged. “Candor: Audit file” judges a file.';

/** A region that is shown. Its places hold while its text in the document is the one that was judged. */
interface Shown {
  readonly document: vscode.TextDocument;
  readonly region: JudgedRegion;
  readonly syntax: RegionSyntax;
}

/** Nothing is loaded, and nothing is listened to, before it is shown. */
export function createSyntaxView(
  auditor: Pick<Auditor, 'syntaxOf'>,
  followed: FollowedTexts,
  log: Logger,
  extensionUri: vscode.Uri,
): SyntaxView {
  let open: OpenPanel | null = null;

  function adopt(panel: vscode.WebviewPanel): OpenPanel {
    const adopted = openPanel(panel, { auditor, followed, log, extensionUri });
    panel.onDidDispose(() => {
      adopted.dispose();
      if (open === adopted) open = null;
    });
    open = adopted;
    return adopted;
  }

  const restoring = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel(panel) {
      adopt(panel);
      return Promise.resolve();
    },
  });

  return {
    async show(place, isFocused) {
      if (regionAt(followed, place.document, place.range.start) === null) return false;
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: !isFocused };
      open ??= adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Candor: Syntax', column));
      await open.show(place, isFocused);
      return true;
    },
    dispose() {
      restoring.dispose();
      open?.close();
    },
  };
}

interface OpenPanel extends Owned {
  show(place: CodePlace, isFocused: boolean): Promise<void>;
  close(): void;
}

interface Shared {
  readonly auditor: Pick<Auditor, 'syntaxOf'>;
  readonly followed: FollowedTexts;
  readonly log: Logger;
  readonly extensionUri: vscode.Uri;
}

function openPanel(panel: vscode.WebviewPanel, { auditor, followed, log, extensionUri }: Shared): OpenPanel {
  const { webview } = panel;
  let shown: Shown | null = null;
  let why = NOTHING_YET;
  /** What was sent last, and what its rows stand for. */
  let rows: readonly PlacedRow[] = [];
  let sent: SyntaxPage | null = null;
  let cursor: CodePlace | null = null;
  /** Where the tree has put the cursor: nothing that it need follow. */
  let placed: vscode.Range | null = null;
  let isLoaded = false;
  let isFocusWanted = false;
  let pause: NodeJS.Timeout | undefined;
  let asking = new AbortController();

  function post(message: MessageToPage): void {
    void webview.postMessage(message);
  }

  /** The shown region where it is now; null where its text is another one. */
  function placeOfShown(): JudgedRegion | null {
    if (shown === null || shown.document.isClosed) return null;
    const { document, syntax } = shown;
    const region = followed.regionsOf(document).find(({ assessment }) => assessment.id === syntax.assessment);
    if (region === undefined) return null;
    return document.getText(rangeIn(document, region.start, region.end)) === syntax.text ? region : null;
  }

  function send(): void {
    const page = pageNow();
    sent = page;
    post({ kind: 'show', page, selected: rowOfCursor(), isFocused: isFocusWanted });
    // A page that is not there yet asks when it is; and where there is no tree yet, the keyboard goes to the one that comes.
    if (isLoaded && page.kind === 'region') isFocusWanted = false;
  }

  function pageNow(): SyntaxPage {
    if (shown === null) {
      rows = [];
      return { kind: 'nothing', why };
    }
    const { document, syntax } = shown;
    const place = placeOfShown();
    const region = place ?? shown.region;
    const lineOf = (offset: number): number => document.positionAt(region.start + offset).line;
    const { assessment } = region;
    // What is stale keeps the lines that it had.
    if (place !== null || rows.length === 0) rows = syntaxViewRows(syntax, lineOf);
    return {
      kind: 'region',
      id: assessment.id,
      title: visible(assessment.region.name ?? 'These statements'),
      place: placeInWords(document, rows, assessment.source.engine),
      note: noteOf(document, region),
      measure: assessment.judgement === null ? 'surprisal' : 'risk',
      rows: rows.map(({ row }) => row),
      stale: place === null ? STALE : '',
    };
  }

  function noteOf(document: vscode.TextDocument, { assessment: { judgement, target } }: JudgedRegion): string {
    const subject = subjectOf(document);
    const report = subject === null ? undefined : followed.reportOf(subject);
    const note = report?.kind === 'judged' ? report.note : '';
    if (judgement === null || target === null) return note;
    return `Chance that it ${eventInWords(target)}: ${chanceInNumbers(judgement)}. ${note}`;
  }

  function rowOfCursor(): number | null {
    const region = placeOfShown();
    if (region === null || cursor === null || cursor.document !== shown?.document) return null;
    const { document, range } = cursor;
    const at = (position: vscode.Position): number => document.offsetAt(position) - region.start;
    return rowAround(rows, at(range.start), at(range.end));
  }

  /** Brings the page up with the cursor, the text and what was judged of it. */
  async function follow(): Promise<void> {
    const wanted = cursor && regionAt(followed, cursor.document, cursor.range.start);
    const document = wanted === null ? shown?.document : cursor?.document;
    // Where the cursor is in no region the one that is shown stays, as it is judged now.
    const region = wanted ?? (shown && regionAt(followed, shown.document, placeBefore(shown)));
    if (document !== undefined && region !== null && region.assessment.id !== shown?.syntax.assessment) {
      await ask(document, region);
    } else if (shown !== null && hasOtherLook()) send();
    else {
      const row = rowOfCursor();
      if (row !== null) post({ kind: 'select', row });
    }
  }

  function hasOtherLook(): boolean {
    const stale = placeOfShown() === null ? STALE : '';
    return sent?.kind !== 'region' || stale !== sent.stale || isMoved();
  }

  function isMoved(): boolean {
    const region = placeOfShown();
    if (shown === null || region === null || region.start === shown.region.start) return false;
    shown = { ...shown, region };
    return true;
  }

  async function ask(document: vscode.TextDocument, region: JudgedRegion): Promise<void> {
    const subject = subjectOf(document);
    if (subject === null) return;
    asking.abort();
    asking = new AbortController();
    const { signal: abortSignal } = asking;
    try {
      const call = { onProgress: () => undefined, abortSignal };
      const syntax = await auditor.syntaxOf(subject.key, region.assessment, call);
      if (abortSignal.aborted) return;
      shown = syntax && { document, region, syntax };
      rows = [];
      why = NOT_HELD;
      send();
    } catch (error) {
      if (!abortSignal.aborted) {
        log.warn(`the syntax of a region was not had: ${CandorError.is(error) ? error.message : 'fault'}`);
      }
    }
  }

  function followSoon(): void {
    clearTimeout(pause);
    pause = setTimeout(() => void follow(), PAUSE_MS);
  }

  function moveTo(editor: vscode.TextEditor): void {
    const { document, selection } = editor;
    if (placed?.isEqual(selection) === true || followed.regionsOf(document).length === 0) return;
    placed = null;
    cursor = { document, range: selection };
    followSoon();
  }

  function rangeOfRow(row: number): vscode.Range | null {
    const region = placeOfShown();
    const stretch = rows[row]?.stretch;
    if (shown === null || region === null || stretch === null || stretch === undefined) return null;
    return rangeIn(shown.document, region.start + stretch.start, region.start + stretch.end);
  }

  async function take(message: MessageFromPage): Promise<void> {
    if (message.kind === 'ready') {
      isLoaded = true;
      send();
      return;
    }
    if (shown === null) return;
    const { document } = shown;
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
    if (message.kind === 'leave') {
      await goTo(document, editor, editor?.selection);
      return;
    }
    const range = sent?.kind === 'region' && message.id === sent.id ? rangeOfRow(message.row) : null;
    if (range === null) return;
    placed = new vscode.Range(range.start, range.end);
    cursor = { document, range };
    if (message.kind === 'open') await goTo(document, editor, range);
    else if (editor !== undefined) {
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  webview.options = {
    enableScripts: true,
    localResourceRoots: ['media', 'dist/webview'].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
  };
  const listening = [
    webview.onDidReceiveMessage((json: unknown) => {
      const message = readMessageFromPage(json);
      if (message !== null) void take(message);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      moveTo(textEditor);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined) moveTo(editor);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === shown?.document) followSoon();
    }),
    followed.onDidChangeMarks(followSoon),
  ];
  const address = (...path: readonly string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  webview.html = syntaxViewPage({
    script: address('dist', 'webview', 'syntax.js'),
    style: address('media', 'syntax.css'),
    nonce: randomUUID(),
    source: webview.cspSource,
  });

  return {
    async show(place, isFocused) {
      cursor = place;
      placed = null;
      isFocusWanted = isFocused;
      panel.reveal(undefined, !isFocused);
      const region = regionAt(followed, place.document, place.range.start);
      if (region !== null) await ask(place.document, region);
    },
    close() {
      panel.dispose();
    },
    dispose() {
      clearTimeout(pause);
      asking.abort();
      for (const listener of listening) listener.dispose();
    },
  };
}

function placeBefore({ document, region }: Shown): vscode.Position {
  return document.positionAt(region.start);
}

/** Gives the keyboard to the code. */
async function goTo(
  document: vscode.TextDocument,
  editor: vscode.TextEditor | undefined,
  range: vscode.Range | undefined,
): Promise<void> {
  const viewColumn = editor?.viewColumn ?? vscode.ViewColumn.One;
  const opened = await vscode.window.showTextDocument(document, {
    viewColumn,
    preserveFocus: false,
    ...(range && { selection: range }),
  });
  if (range !== undefined) opened.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function rangeIn(document: vscode.TextDocument, start: number, end: number): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function placeInWords(document: vscode.TextDocument, rows: readonly PlacedRow[], engine: string): string {
  const path = vscode.workspace.asRelativePath(document.uri);
  return visible(`${path}, ${rows[0]?.row.where ?? ''}, scored by the engine ${engine}`);
}
