import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Auditor } from '../../app/auditor/auditor.ts';
import {
  readMessageFromPage,
  type KeptState,
  type MessageFromPage,
  type MessageToPage,
  type SyntaxPage,
} from '../../report/syntaxMessages.ts';
import { visible } from '../../report/visible.ts';
import type { FollowedTexts } from '../followedTexts.ts';
import type { Logger } from '../logger.ts';
import { pathOf } from '../openFolders.ts';
import type { OpenPlace } from '../openPlace.ts';
import type { Owned } from '../owned.ts';
import { showCode } from '../showCode.ts';
import { createSyntaxModel } from './syntaxModel.ts';
import { syntaxViewPage } from './syntaxViewPage.ts';

/** After so long without a move of the cursor, or an edit, the tree follows. */
const PAUSE_MS = 150;

const HOW_TO_BEGIN = 'Put the cursor into code that was judged. “Candor: Audit file” judges a file.';

/** The panel of the syntax view, and what is in it. */
export interface SyntaxPanel extends Owned {
  show(place: OpenPlace, isFocused: boolean): Promise<void>;
  close(): void;
}

export interface SyntaxPanelNeeds {
  readonly auditor: Pick<Auditor, 'syntaxOf'>;
  readonly followed: FollowedTexts;
  readonly log: Logger;
  readonly extensionUri: vscode.Uri;
}

/**
 * Fills a panel, and lets it follow the cursor from now on.
 * @param kept what it showed before the window was loaded anew; null: it is a new one
 */
export function openSyntaxPanel(
  panel: vscode.WebviewPanel,
  { auditor, followed, log, extensionUri }: SyntaxPanelNeeds,
  kept: KeptState | null,
): SyntaxPanel {
  const { webview } = panel;
  const model = createSyntaxModel(auditor, followed, log, kept === null ? HOW_TO_BEGIN : howToGoOn(kept));
  /** What was sent last. */
  let sent: SyntaxPage | null = null;
  let cursor: OpenPlace | null = null;
  /** Where the tree has put the cursor: nothing that it need follow. */
  let placed: vscode.Range | null = null;
  let isLoaded = false;
  let isFocusWanted = false;
  let pause: NodeJS.Timeout | undefined;

  function post(message: MessageToPage): void {
    void webview.postMessage(message);
  }

  function send(): void {
    sent = model.page();
    post({ kind: 'show', page: sent, selected: cursor && model.rowAt(cursor), isFocused: isFocusWanted });
    // A page that is not there yet asks when it is; and where there is no tree yet, the keyboard goes to the one that comes.
    if (isLoaded && sent.kind === 'region') isFocusWanted = false;
  }

  /** Brings the page up with the cursor, the text and what was judged of it. */
  async function follow(): Promise<void> {
    if ((await model.follow(cursor)) || model.isOther()) {
      send();
      return;
    }
    const row = cursor && model.rowAt(cursor);
    if (row !== null) post({ kind: 'select', row });
  }

  function followSoon(): void {
    clearTimeout(pause);
    pause = setTimeout(() => void follow(), PAUSE_MS);
  }

  function moveTo({ document, selection }: vscode.TextEditor): void {
    if (placed?.isEqual(selection) === true || followed.regionsOf(document).length === 0) return;
    placed = null;
    cursor = { document, range: selection };
    followSoon();
  }

  /** What was judged may be where the cursor is already, and the keyboard in the panel. */
  function lookAgain(): void {
    const editor = vscode.window.activeTextEditor ?? (cursor === null ? editorOf(kept) : undefined);
    if (editor !== undefined) moveTo(editor);
    followSoon();
  }

  async function take(message: MessageFromPage): Promise<void> {
    if (message.kind === 'ready') {
      isLoaded = true;
      send();
      return;
    }
    const { document } = model;
    if (document === null) return;
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
    if (message.kind === 'leave') {
      await goTo(document, editor, editor?.selection);
      return;
    }
    const range = sent?.kind === 'region' && message.id === sent.id ? model.rangeOf(message.row) : null;
    if (range === null) return;
    placed = new vscode.Range(range.start, range.end);
    cursor = { document, range };
    if (message.kind === 'open') await goTo(document, editor, range);
    else if (editor !== undefined) {
      editor.selection = new vscode.Selection(range.start, range.end);
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  fill(webview, extensionUri);
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
      if (document === model.document) followSoon();
    }),
    followed.onDidChangeMarks(lookAgain),
  ];
  lookAgain();

  return {
    async show(place, isFocused) {
      cursor = place;
      placed = null;
      isFocusWanted = isFocused;
      panel.reveal(undefined, !isFocused);
      await model.follow(place);
      send();
    },
    close() {
      panel.dispose();
    },
    dispose() {
      clearTimeout(pause);
      model.dispose();
      for (const listener of listening) listener.dispose();
    },
  };
}

function fill(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  webview.options = {
    enableScripts: true,
    localResourceRoots: ['media', 'dist/webview'].map((folder) => vscode.Uri.joinPath(extensionUri, folder)),
  };
  const address = (...path: readonly string[]): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...path)).toString();
  webview.html = syntaxViewPage({
    script: address('dist', 'webview', 'syntax.js'),
    style: address('media', 'syntax.css'),
    nonce: randomUUID(),
    source: webview.cspSource,
  });
}

/** What a panel that came back says until its code is judged again. */
function howToGoOn({ document }: KeptState): string {
  const path = visible(pathOf(vscode.Uri.parse(document)));
  return `This showed code of ${path} before the window was loaded anew. “Candor: Audit file” judges that file again, and what the cursor is in comes back.`;
}

/** The editor of what a panel showed before it came back. */
function editorOf(kept: KeptState | null): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === kept?.document);
}

/** Gives the keyboard to the code. */
function goTo(
  { uri }: vscode.TextDocument,
  editor: vscode.TextEditor | undefined,
  range: vscode.Range | undefined,
): Promise<void> {
  return showCode(uri, range, editor?.viewColumn ?? vscode.ViewColumn.One);
}
