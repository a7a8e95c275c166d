import * as vscode from 'vscode';
import { createArrivalGatherer, type Arrival } from '../../capture/arrivals/gatherArrivals.ts';
import { createProvenanceTeller, type ProvenanceTeller } from '../../capture/provenance/provenanceTeller.ts';
import { ownAll, type Owned } from '../owned.ts';
import { readSettings } from '../settings.ts';
import { createDocumentTexts } from './documentTexts.ts';
import type { FollowedCode } from './followedCode.ts';

export interface WatchedEdits extends Owned {
  /** Another version of the files of a repository was checked out. */
  headMoved(): void;
}

/** A shorter insertion is not worth a look into the clipboard. */
const FEWEST_PASTED = 2;

const MOVED_BY: ReadonlyMap<vscode.TextEditorSelectionChangeKind | undefined, 'keyboard' | 'mouse' | 'command'> =
  new Map([
    [vscode.TextEditorSelectionChangeKind.Keyboard, 'keyboard'],
    [vscode.TextEditorSelectionChangeKind.Mouse, 'mouse'],
    [vscode.TextEditorSelectionChangeKind.Command, 'command'],
  ]);

/**
 * Watches every edit: carries what is followed through it, tells who made it, and hands what models wrote over to be assessed and
 * followed. It runs with every key stroke, so all that takes time is done elsewhere.
 */
export function watchEdits(followed: FollowedCode): WatchedEdits {
  const texts = createDocumentTexts();
  const teller = createProvenanceTeller();
  const gatherer = createArrivalGatherer();
  const carets = new Map<string, readonly number[]>();
  let isOn = readSettings().captureEnabled;
  let lastEdit = 0;
  let timer: NodeJS.Timeout | undefined;

  function onChange(change: vscode.TextDocumentChangeEvent): void {
    const { document } = change;
    const uri = document.uri.toString();
    // The texts are kept up while nothing else is, so that they are right when it is turned on again.
    const event = texts.eventOf(change, carets.get(uri) ?? []);
    if (!isOn) return;
    if (event === null) {
      teller.hint({ kind: 'dirty', document: uri, atMs: performance.now(), isDirty: document.isDirty });
      return;
    }
    // What is about to be taken back must be known before it is gone.
    if (event.reason === 'undo') flush(document, event.textBefore);
    followed.edited(event);
    const edit = ++lastEdit;
    teller.edited(edit, event);
    gatherer.edited(edit, event);
    const inserted = event.edits.map((one) => one.inserted).join('');
    if (event.reason === null && event.detailedReason === null && inserted.length >= FEWEST_PASTED) {
      void askClipboard(edit, inserted);
    }
    schedule();
  }

  /** A browser asks the person first, and complains where it may not look: there nobody asks. */
  async function askClipboard(edit: number, inserted: string): Promise<void> {
    if (vscode.env.uiKind === vscode.UIKind.Web) return;
    const held = await vscode.env.clipboard.readText();
    teller.hint({ kind: 'clipboard', edit, isEqual: held !== '' && isSameText(held, inserted) });
  }

  function take(settled: ReturnType<ProvenanceTeller['settle']>): void {
    for (const { edit, document, provenance } of settled) {
      gatherer.settled(edit, provenance);
      if (provenance.by === 'editor' && provenance.how === 'checked-out') followed.checkedOut(document);
    }
  }

  function flush(document: vscode.TextDocument, text: string): void {
    const uri = document.uri.toString();
    take(teller.settleDocument(uri));
    for (const arrival of gatherer.takeOf(uri)) arrived(arrival, text);
  }

  function settle(): void {
    const nowMs = performance.now();
    take(teller.settle(nowMs));
    for (const arrival of gatherer.take(nowMs)) {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === arrival.document);
      if (document !== undefined) arrived(arrival, document.getText());
    }
    schedule();
  }

  function arrived({ document, stretches, by, atMs }: Arrival, text: string): void {
    const arrivedMs = Date.now() - (performance.now() - atMs);
    void followed.arrived({ document, text, stretches, writer: by, arrivedMs });
  }

  function schedule(): void {
    clearTimeout(timer);
    const dueMs = [teller.dueMs, gatherer.dueMs].filter((time) => time !== null);
    if (dueMs.length === 0) return;
    timer = setTimeout(settle, Math.max(10, Math.min(...dueMs) - performance.now()));
  }

  const listening = ownAll([
    vscode.workspace.onDidChangeTextDocument(onChange),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document, selections }, kind }) => {
      const uri = document.uri.toString();
      const offsets = selections.map(({ active }) => document.offsetAt(active));
      carets.set(uri, offsets);
      const by = MOVED_BY.get(kind) ?? null;
      teller.hint({ kind: 'caret', document: uri, atMs: performance.now(), by, carets: offsets });
    }),
    vscode.workspace.onWillSaveTextDocument(({ document }) => {
      teller.hint({ kind: 'saving', document: document.uri.toString(), atMs: performance.now() });
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      teller.hint({ kind: 'dirty', document: document.uri.toString(), atMs: performance.now(), isDirty: false });
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      carets.delete(uri.toString());
      gatherer.forget(uri.toString());
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('candor.capture')) isOn = readSettings().captureEnabled;
    }),
  ]);

  return {
    headMoved() {
      teller.hint({ kind: 'checkout', atMs: performance.now() });
    },
    dispose() {
      clearTimeout(timer);
      ownAll([texts, listening]).dispose();
    },
  };
}

/** The editor may change line breaks and indents of what is pasted. */
function isSameText(held: string, inserted: string): boolean {
  return held.replaceAll(/\s+/g, ' ').trim() === inserted.replaceAll(/\s+/g, ' ').trim();
}
